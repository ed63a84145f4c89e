"""Questions that are asked again as records come: their owners hear of what is new, and of nothing else."""

import logging
import secrets
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from borderliaison.accounts.models import Account
from borderliaison.feed.services import announce
from borderliaison.kernel.policy import Reader
from borderliaison.kernel.realm import Realm
from borderliaison.records.models import Match, Standing, Statement
from borderliaison.records.resolution.facts import existing
from borderliaison.records.search.errors import NoSuchQuestion, NothingAsked, TooManyQuestions
from borderliaison.records.search.found.finding import find
from borderliaison.records.search.question.asked import Asked, read_question

MAX_STANDING: Final = 20
MAX_NAME: Final = 200
UNDO_FOR: Final = timedelta(days=1)

log = logging.getLogger(__name__)


@transaction.atomic
def keep_asking(account: Account, asked: Asked, name: str) -> Standing:
    """Ask a question again whenever records come; what it finds now is not new.

    Raises:
        NothingAsked: it is no question, or has no name.
        TooManyQuestions: the officer keeps as many as one may.
    """
    said = _named(name)
    if asked.is_empty:
        raise NothingAsked
    _forget_what_was_ended(account)
    if of(account).count() >= MAX_STANDING:
        raise TooManyQuestions(str(MAX_STANDING))
    now = datetime.now(UTC)
    standing = Standing.objects.create(
        key=secrets.token_hex(6),
        owner=account,
        realm=account.realm,
        name=said,
        question=asked.address().removeprefix("?"),
        asked_at=now,
    )
    _keep(standing, _found(standing, account.reader()), seen_at=now)
    return standing


def of(account: Account) -> QuerySet[Standing]:
    """Return the questions of an officer where he works now, the latest first."""
    his = Standing.objects.filter(owner=account, realm=account.realm, removed_at=None)
    return his.order_by("-pk")


def new_by_question(account: Account) -> dict[int, list[int]]:
    """Return the numbers of the entities that are new to an officer, by question, the latest first."""
    found: dict[int, list[int]] = {}
    new = Match.objects.filter(standing__in=of(account), seen_at=None).order_by("-pk")
    for standing, entity in new.values_list("standing_id", "entity_id"):
        found.setdefault(standing, []).append(entity)
    return found


def new_for(account: Account) -> int:
    """Return how many records are new to an officer, by all his questions."""
    new = Match.objects.filter(standing__in=of(account), seen_at=None)
    return len(existing(account.reader(), set(new.values_list("entity_id", flat=True))))


def note_seen(account: Account, key: str) -> None:
    """Note that an officer has looked at what is new.

    Raises:
        NoSuchQuestion: it is not his.
    """
    new = Match.objects.filter(standing=_his(account, key), seen_at=None)
    new.update(seen_at=datetime.now(UTC))


def call(account: Account, key: str, name: str) -> None:
    """Call a question something else.

    Raises:
        NoSuchQuestion: it is not his.
        NothingAsked: that is no name.
    """
    his = _his(account, key)
    his.name = _named(name)
    his.save(update_fields=["name"])


def end(account: Account, key: str) -> None:
    """Ask a question no more; for a day that can be taken back.

    Raises:
        NoSuchQuestion: it is not his.
    """
    his = _his(account, key)
    his.removed_at = datetime.now(UTC)
    his.save(update_fields=["removed_at"])


def resume(account: Account, key: str) -> None:
    """Take back that a question was ended.

    Raises:
        NoSuchQuestion: it is not his, or was ended more than a day ago.
    """
    lasting = datetime.now(UTC) - UNDO_FOR
    his = Standing.objects.filter(owner=account, realm=account.realm, key=key)
    if not his.filter(removed_at__gt=lasting).update(removed_at=None):
        raise NoSuchQuestion(key[:12])


def ask_again() -> int:
    """Ask every question again; return how many records are new. Whoever asks reads as he may now.

    One that cannot be asked is written to the log, and keeps no other from its answer.
    """
    found = 0
    for standing in Standing.objects.filter(removed_at=None, owner__is_active=True):
        try:
            found += _ask(standing)
        except Exception:
            log.exception("a standing question could not be asked")
    return found


def _ask(standing: Standing) -> int:
    reader = standing.owner.reader(Realm.parse(standing.realm))
    groups = _found(standing, reader)
    known = set(Match.objects.filter(standing=standing).values_list("entity_id", flat=True))
    new = [one for one in groups if known.isdisjoint(one)]
    if new:
        with transaction.atomic():
            _keep(standing, new, seen_at=None)
            _announce(reader, new[0])
    return len(new)


def _announce(reader: Reader, new: Collection[int]) -> None:
    """Wake the pages of those who may read what made the newest match, and of nobody else."""
    said = Statement.objects.readable_by(reader).filter(entity__in=new).order_by("-pk")
    announce("match", "", said.values_list("marking_id", flat=True).first())


def _found(standing: Standing, reader: Reader) -> tuple[tuple[int, ...], ...]:
    return find(reader, read_question(standing.question).wanted()).groups


def _keep(standing: Standing, groups: Iterable[tuple[int, ...]], seen_at: datetime | None) -> None:
    now = datetime.now(UTC)
    rows = [
        Match(standing=standing, entity_id=one[0], found_at=now, seen_at=seen_at) for one in groups
    ]
    Match.objects.bulk_create(rows, ignore_conflicts=True)


def _named(name: str) -> str:
    said = " ".join(name.split())[:MAX_NAME]
    if not said.isprintable() or not said:
        raise NothingAsked
    return said


def _his(account: Account, key: str) -> Standing:
    found = of(account).filter(key=key).first()
    if found is None:
        raise NoSuchQuestion(key[:12])
    return found


def _forget_what_was_ended(account: Account) -> None:
    long_ago = datetime.now(UTC) - UNDO_FOR
    Standing.objects.filter(owner=account, removed_at__lt=long_ago).delete()
