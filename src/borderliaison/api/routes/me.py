"""Who one is here."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from borderliaison.accounts.services import account_of
from borderliaison.api.calls import caller_of

router = Router()


class Me(Schema):
    """The token, and the officer whom it acts for."""

    officer: str
    office: str
    agency: str
    role: str
    realm: str
    token: str
    purpose: str
    scopes: list[str]
    expires_at: datetime


@router.get("/me", response=Me, summary="The token and its officer")
def me(request: HttpRequest) -> Me:
    """Return for whom, where and until when this token works."""
    account, token = account_of(request), caller_of(request).token
    return Me(
        officer=account.officer_id,
        office=account.office,
        agency=account.agency,
        role=account.role_now,
        realm=token.realm,
        token=token.key,
        purpose=token.purpose,
        scopes=list(token.scopes),
        expires_at=token.expires_at,
    )
