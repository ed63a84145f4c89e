"""What the rest of the system asks of the exchange. Private keys are not here: the worker has them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from borderliaison.exchange.core.sender import Stage
from borderliaison.exchange.drafts import LetterDraft, encode_letter, make_letter
from borderliaison.exchange.errors import OutsideExercise, OutsideTransaction
from borderliaison.exchange.models import (
    Application,
    Delivery,
    InEntry,
    LetterRow,
    LinkRow,
    Outbox,
    Returned,
    Why,
)
from borderliaison.exchange.poke import Poke, poke
from borderliaison.exchange.ports import Directory, KnowsRealm
from borderliaison.exchange.progress import Link, LinkState, Progress, Waiting
from borderliaison.exchange.recovery.freezing import frozen_peers
from borderliaison.exchange.recovery.recovering import Recovery, last_began, pending
from borderliaison.exchange.recovery.restore_marker import RestoreMarker
from borderliaison.exchange.registry import REGISTRY, BulkHandler, Handler, Listener
from borderliaison.files.travelling import offer
from borderliaison.kernel.clock import Clock, SystemClock
from borderliaison.kernel.ids import LetterId, OfficeCode, new_id
from borderliaison.kernel.policy import Reader
from borderliaison.kernel.realm import Realm
from borderliaison.kernel.remembering import remembered
from borderliaison.markings.services import intern, readable_ids
from borderliaison.sql.statements import first, places, rows

_ANY_FAILED = (
    "SELECT 1 FROM exchange_inentry WHERE application = 'failed' AND apply_code = %s UNION ALL"
    " SELECT 1 FROM exchange_returned WHERE application = 'failed' AND apply_code = %s LIMIT 1"
)
MAX_RETRIES = 100
"""How often a letter is tried again by itself; a person may ask for more."""
_UNDELIVERED = (Stage.SAVED.value, Stage.SEALED.value, Stage.SENT.value)
_WAITING_BY_PEER = (
    "SELECT d.recipient, COUNT(*) FROM exchange_delivery d"
    " JOIN exchange_letterrow l ON l.id = d.letter_id"
    " WHERE d.stage IN (%s, %s, %s){} GROUP BY d.recipient"
)


def post(draft: LetterDraft, clock: Clock | None = None) -> LetterId:
    """Accept a letter for sending, in the transaction of what it tells of.

    Returns:
        The letter's id. It is sealed and sent by the worker, after the commit.

    Raises:
        PostRefused: one of its kinds, which says why.
        MalformedWire: something in it is not in its form.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    now = (clock or SystemClock()).now()
    letter = make_letter(draft, settings.BLO_OFFICE, LetterId(new_id()), now)
    encoded = encode_letter(letter)
    if outside := [one for one in letter.to if not takes_part(draft.marking.realm, one)]:
        raise OutsideExercise(", ".join(outside))
    row = LetterRow.objects.create(
        letter_id=letter.letter_id,
        issuer=letter.issuer,
        kind=letter.kind.value,
        payload_type=letter.payload_type,
        lane=draft.lane.value,
        authorised_by=letter.authorised_by,
        created=now,
        marking=intern(draft.marking),
    )
    Outbox.objects.create(letter=row, draft=encoded)
    Delivery.objects.bulk_create(
        Delivery(letter=row, recipient=office, lane=draft.lane.value, saved_at=now)
        for office in letter.to
    )
    offer(((one.hash, one.key) for one in letter.blobs), letter.to)
    transaction.on_commit(partial(poke, settings.NODE.run_directory))
    return LetterId(letter.letter_id)


def register_handler(payload_type: str, handler: Handler, bulk: BulkHandler | None = None) -> None:
    """Register what applies letters with this payload, in the worker.

    A handler that raises leaves the letter delivered and marked as not applied, with the error's code.

    Args:
        payload_type: of the letters.
        handler: applies one letter.
        bulk: reads several letters and returns what writes all that they ask for. It must do as the
            handler does. Where it, or what it returns, raises, nothing of that is kept, and the handler
            is given each letter by itself.
    """
    REGISTRY.add_handler(payload_type, handler, bulk)


def register_returned(payload_type: str, handler: Handler) -> None:
    """Register what makes our own things again from a letter of ours that a peer has given back.

    It runs under a savepoint in the worker, once for each letter of which this node knew nothing any more.
    """
    REGISTRY.add_returned(payload_type, handler)


def recovery() -> Recovery | None:
    """Return the recovery that has not ended; None on a node that lacks nothing it knows of.

    From the moment in which a backup was put back, before the worker has begun to look.
    """
    if RestoreMarker(settings.NODE.state_directory).is_there():
        return Recovery(SystemClock().now(), Why.RESTORED, None, (), (), "")
    return pending()


def last_recovery_since() -> datetime | None:
    """Return since when this node last knew that it may lack what others hold; None where it never did."""
    return last_began()


def register_listener(listener: Listener) -> None:
    """Register what is told, in the same transaction, when the progress of letters of ours changes."""
    REGISTRY.add_listener(listener)


def register_directory(directory: Directory) -> None:
    """Say which directory of offices to ask."""
    REGISTRY.use_directory(directory)


def register_realms(knows_realm: KnowsRealm) -> None:
    """Say in which realms letters are exchanged, and with whom. Without that: live alone."""
    REGISTRY.knows_realm = knows_realm


def takes_part(realm: Realm, office: OfficeCode) -> bool:
    """Whether letters of this realm may go to that office, and come from it."""
    return REGISTRY.knows_realm(realm, office)


def register_watched(watched: Callable[[], Iterable[OfficeCode]]) -> None:
    """Say which offices' links are watched even before anything was exchanged with them."""
    REGISTRY.watched = watched


def progress(letter_ids: Iterable[LetterId]) -> dict[LetterId, dict[OfficeCode, Progress]]:
    """Return how far letters of ours have come, for each office addressed.

    The caller has already decided that the reader may know of these letters.
    """
    why = {row.peer: Waiting(row.why) for row in LinkRow.objects.exclude(why="")}
    found: dict[LetterId, dict[OfficeCode, Progress]] = {}
    rows = Delivery.objects.filter(
        letter__issuer=settings.BLO_OFFICE, letter__letter_id__in=list(letter_ids)
    ).select_related("letter")
    for row in rows.order_by("recipient"):
        of_letter = found.setdefault(LetterId(row.letter.letter_id), {})
        of_letter[OfficeCode(row.recipient)] = _progress(row, why)
    return found


def _progress(row: Delivery, why: Mapping[str, Waiting]) -> Progress:
    stage = Stage(row.stage)
    waiting = Waiting(row.waiting)
    if stage in (Stage.DELIVERED, Stage.REFUSED):
        waiting = Waiting.NOTHING
    elif waiting is Waiting.NOTHING:
        fallback = Waiting.WORKER if stage is Stage.SAVED else Waiting.NOTHING
        waiting = why.get(row.recipient, fallback)
    return Progress(
        stage=stage,
        saved_at=row.saved_at,
        sent_at=row.sent_at,
        delivered_at=row.delivered_at,
        refused_code=row.refused_code,
        waiting_reason=waiting,
    )


def reconciled_since(moment: datetime) -> list[OfficeCode]:
    """Return the peers with whom heads were compared since then."""
    since = LinkRow.objects.filter(reconciled_at__gte=moment).order_by("peer")
    return [OfficeCode(peer) for peer in since.values_list("peer", flat=True)]


def links() -> list[Link]:
    """Return the links to all peers, as the worker last saw them, in the order of their codes.

    What waits is counted whoever may read it: for an administrator, not for an officer's page.
    """
    return _links(rows(_WAITING_BY_PEER.format(""), *_UNDELIVERED))


@remembered
def links_known_to(reader: Reader) -> list[Link]:
    """Return the links to all peers; of what waits, only the letters that this reader may read count."""
    known = readable_ids(reader)
    among = f" AND l.marking_id IN ({places(known)})"
    return _links(rows(_WAITING_BY_PEER.format(among), *_UNDELIVERED, *known))


def refused_since(moment: datetime, reader: Reader) -> dict[tuple[LetterId, OfficeCode], str]:
    """Return the letters of ours that a peer's server has refused since then, each with its code.

    Only those that this reader may read.
    """
    refused = Delivery.objects.filter(
        stage=Stage.REFUSED.value,
        refused_at__gte=moment,
        letter__marking_id__in=readable_ids(reader),
    ).order_by("-refused_at")
    found = refused.values_list("letter__letter_id", "recipient", "refused_code")
    return {(LetterId(letter), OfficeCode(peer)): code for letter, peer, code in found}


def _links(waiting: Iterable[tuple[Any, ...]]) -> list[Link]:
    undelivered, frozen = dict(waiting), frozen_peers()
    return [
        Link(
            peer=OfficeCode(row.peer),
            state=LinkState(row.state),
            since=row.since,
            latency_ms=row.latency_ms,
            waiting=undelivered.get(row.peer, 0),
            last_heard=row.last_heard,
            why=Waiting.STREAM_FROZEN if row.peer in frozen else Waiting(row.why),
            clock_ahead_ms=row.clock_ahead_ms,
        )
        for row in LinkRow.objects.order_by("peer")
    ]


def worker_is_there() -> bool:
    """Whether this node's worker runs at this moment. Where it does not, links are as it left them."""
    return poke(settings.NODE.run_directory)


def reconcile_now() -> bool:
    """Ask the worker to compare heads with every peer; return whether it is there."""
    return poke(settings.NODE.run_directory, Poke.RECONCILE)


def judge_now() -> bool:
    """Ask the worker to judge what was released from quarantine; return whether it is there."""
    return poke(settings.NODE.run_directory, Poke.RETRY)


def retry_failed(code: str = "") -> int:
    """Put letters that could not be applied or sealed back in line; return how many.

    Args:
        code: only those that could not be applied with this code, and were not tried too often.
    """
    if code:
        if first(_ANY_FAILED, code, code) is None:
            return 0
        lost = Returned.objects.filter(application=Application.FAILED, apply_code=code)
        again = lost.update(application=Application.PENDING, apply_code="")
        failed = InEntry.objects.filter(application=Application.FAILED, apply_code=code)
        again += failed.filter(attempts__lt=MAX_RETRIES).update(
            application=Application.PENDING, apply_code=""
        )
        if again:
            transaction.on_commit(partial(poke, settings.NODE.run_directory, Poke.RETRY))
        return again
    with transaction.atomic():
        unapplied = InEntry.objects.filter(application=Application.FAILED).update(
            application=Application.PENDING, apply_code=""
        )
        unapplied += Returned.objects.filter(application=Application.FAILED).update(
            application=Application.PENDING, apply_code=""
        )
        unsealed = Outbox.objects.exclude(failed_code="").update(failed_code="")
        Delivery.objects.filter(
            Q(stage=Stage.SAVED.value), Q(waiting=Waiting.CANNOT_SEAL.value)
        ).update(waiting="")
    poke(settings.NODE.run_directory, Poke.RETRY)
    return unapplied + unsealed
