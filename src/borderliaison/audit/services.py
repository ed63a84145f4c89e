"""Writing an audit line, in the transaction of what it tells of."""

from datetime import UTC, datetime

from borderliaison.audit.models import AuditLine

SYSTEM = "system"


def record(action: str, *, actor: str, subject: str, realm: str = "live", **ids: str) -> AuditLine:
    """Write one audit line.

    Args:
        action: a word of the catalogue in ``docs/reference/audit.md``: ``report.sent``.
        actor: the officer's id, or ``system``.
        subject: the id of what it was done to.
        realm: ``live`` or ``exercise:NAME``.
        ids: further ids by name; never names of people or texts.
    """
    return AuditLine.objects.create(
        at=datetime.now(UTC), actor=actor, action=action, subject=subject, realm=realm, ids=ids
    )
