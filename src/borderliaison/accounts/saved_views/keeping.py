"""Keeping, arranging and removing views."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from borderliaison.accounts.models import Account, SavedView
from borderliaison.accounts.saved_views.errors import NameMissing, NoSuchView, TooManyViews
from borderliaison.accounts.saved_views.pages import clean_address

MAX_NAME: Final = 60
MAX_VIEWS: Final = 40
UNDO_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Views:
    """What an officer sees: his own in his order, and what colleagues share."""

    own: tuple[SavedView, ...]
    shared: tuple[SavedView, ...]


def views_of(account: Account) -> Views:
    """Return the views of an officer, and those that his office shares, of where he works now."""
    known = SavedView.objects.filter(realm=account.realm, removed_at=None)
    seen = known.filter(Q(owner=account) | Q(is_shared=True, office=account.office))
    found = list(seen.select_related("owner"))
    own = tuple(one for one in found if one.owner_id == account.pk)
    others = (one for one in found if one.owner_id != account.pk)
    return Views(own, tuple(sorted(others, key=lambda one: one.name.casefold())))


@transaction.atomic
def save_view(account: Account, name: str, address: str, *, is_shared: bool) -> SavedView:
    """Keep a view; one of the same name takes the place of the earlier one.

    Raises:
        NameMissing, NotSavable, TooManyViews: as they say.
    """
    said = " ".join(name.split())
    if not said or not said.isprintable() or len(said) > MAX_NAME:
        raise NameMissing("name")
    kept, where = clean_address(address), {"office": account.office, "realm": account.realm}
    _forget_what_was_removed(account)
    own = _own(account)
    same = own.filter(name=said).first()
    if same is not None:
        same.address, same.is_shared = kept, is_shared
        same.save(update_fields=["address", "is_shared"])
        return same
    if own.count() >= MAX_VIEWS:
        raise TooManyViews(str(MAX_VIEWS))
    place = (own.aggregate(last=Max("place"))["last"] or 0) + 1
    return SavedView.objects.create(
        key=secrets.token_hex(6), owner=account, name=said, address=kept, is_shared=is_shared,
        place=place, **where,
    )  # fmt: skip


@transaction.atomic
def move_view(account: Account, key: str, by: int) -> None:
    """Move a view up or down among the officer's own.

    Raises:
        NoSuchView: it is not his.
    """
    own = list(_own(account).select_for_update())
    at = next((place for place, one in enumerate(own) if one.key == key), None)
    if at is None:
        raise NoSuchView(key)
    own.insert(max(0, min(len(own) - 1, at + by)), own.pop(at))
    for place, one in enumerate(own, start=1):
        one.place = place
    SavedView.objects.bulk_update(own, ["place"])


def remove_view(account: Account, key: str) -> SavedView:
    """Take a view away; for a day it can be taken back.

    Raises:
        NoSuchView: it is not his.
    """
    return _set_removed(_own(account), key, datetime.now(UTC))


def restore_view(account: Account, key: str) -> SavedView:
    """Take back a removal.

    Raises:
        NoSuchView: it is not his, or was removed more than a day ago.
    """
    his = SavedView.objects.filter(owner=account, realm=account.realm)
    lasting = Q(removed_at=None) | Q(removed_at__gt=datetime.now(UTC) - UNDO_FOR)
    return _set_removed(his.filter(lasting), key, None)


def _set_removed(views: QuerySet[SavedView], key: str, at: datetime | None) -> SavedView:
    found = views.filter(key=key).first()
    if found is None:
        raise NoSuchView(key)
    found.removed_at = at
    found.save(update_fields=["removed_at"])
    return found


def _own(account: Account) -> QuerySet[SavedView]:
    return SavedView.objects.filter(owner=account, realm=account.realm, removed_at=None)


def _forget_what_was_removed(account: Account) -> None:
    long_ago = datetime.now(UTC) - UNDO_FOR
    SavedView.objects.filter(owner=account, removed_at__lt=long_ago).delete()
