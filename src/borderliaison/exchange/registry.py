"""What the composition root registers: handlers of payloads, listeners to progress, the directory.

One registry for each process. Nothing here is written after start-up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import structlog
from django.db import InterfaceError, OperationalError, transaction

from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import THREAD, Blob, Letter, LetterKind, Ref
from borderliaison.exchange.ports import Directory, KnowsRealm
from borderliaison.exchange.progress import Change
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import LetterId, OfficeCode, ThreadId
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.realm import LIVE, Realm

if TYPE_CHECKING:
    from borderliaison.exchange.models import LetterRow

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLetter:
    """A verified letter, as its handler sees it.

    Attributes:
        letter_id: unique for its issuer.
        issuer: the office that signed it; the officers it names are that office's assertion.
        kind: what it is for.
        to: all offices addressed.
        marking: as its issuer set it.
        marking_id: the same, interned here.
        authorised_by: the officer who authorised it to cross a border, as the issuer asserts.
        created: when it was posted, by the issuer's clock.
        received_at: when it was ledgered here.
        refs: what it points to.
        lane: the lane it came in.
        payload_type: names the form of the payload.
        payload: unparsed.
        signed: the signed letter itself, as it would be passed on.
        blobs: the files that belong to it, to be fetched from its issuer.
    """

    letter_id: LetterId
    issuer: OfficeCode
    kind: LetterKind
    to: tuple[OfficeCode, ...]
    marking: Marking
    marking_id: int
    authorised_by: str
    created: datetime
    received_at: datetime
    refs: tuple[Ref, ...]
    lane: Lane
    payload_type: str
    payload: bytes = field(repr=False)
    signed: bytes = field(repr=False)
    blobs: tuple[Blob, ...] = ()

    @classmethod
    def of(cls, letter: Letter, signed: bytes, row: "LetterRow", received_at: datetime) -> Self:
        """Return a verified letter with what its row knows of it."""
        return cls(
            letter_id=LetterId(letter.letter_id),
            issuer=letter.issuer,
            kind=letter.kind,
            to=letter.to,
            marking=letter.marking,
            marking_id=row.marking_id,
            authorised_by=letter.authorised_by,
            created=datetime.fromtimestamp(letter.created / 1000, UTC),
            received_at=received_at,
            refs=letter.refs,
            lane=Lane(row.lane),
            payload_type=letter.payload_type,
            payload=letter.payload,
            signed=signed,
            blobs=letter.blobs,
        )

    @property
    def thread(self) -> ThreadId | None:
        """The thread that it belongs to, where it names one."""
        return next((ThreadId(ref.letter_id) for ref in self.refs if ref.rel == THREAD), None)


Handler = Callable[[ReceivedLetter], None]
Writing = Callable[[], None]
BulkHandler = Callable[[Sequence[ReceivedLetter]], Writing]
"""Reads several letters, and returns what writes all that they ask for. It raises where one is wrong."""
Listener = Callable[[Sequence[Change]], None]


class AlreadyRegistered(LiaisonError):
    """Two parts of the system want to handle the same kind of payload."""

    code = "E-EXC-12"


class NoDirectory(LiaisonError):
    """No directory of offices was registered."""

    code = "E-EXC-13"


def _only_live(realm: Realm, office: OfficeCode) -> bool:
    del office
    return realm == LIVE


def _nobody() -> Iterable[OfficeCode]:
    return ()


@dataclass
class Registry:
    """What was registered.

    Attributes:
        handlers: by payload type.
        bulk: by payload type, where several letters of it can be handled at once.
        returned: by payload type, what makes again what a letter of our own had told of.
        listeners: called with the changes of one commit in letters' progress, in its transaction.
        knows_realm: in which realms letters are exchanged, and with whom; live alone unless told otherwise.
        watched: the offices whose link is watched even before anything was exchanged.
    """

    handlers: dict[str, Handler] = field(default_factory=dict)
    bulk: dict[str, BulkHandler] = field(default_factory=dict)
    returned: dict[str, Handler] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)
    knows_realm: KnowsRealm = _only_live
    watched: Callable[[], Iterable[OfficeCode]] = _nobody
    _directory: Directory | None = None

    @property
    def directory(self) -> Directory:
        """The directory of offices.

        Raises:
            NoDirectory: none was registered.
        """
        if self._directory is None:
            raise NoDirectory
        return self._directory

    def use_directory(self, directory: Directory) -> None:
        """Say which directory to ask."""
        self._directory = directory

    def add_handler(
        self, payload_type: str, handler: Handler, bulk: BulkHandler | None = None
    ) -> None:
        """Register the handler of a payload type. The same one again is no error.

        Args:
            payload_type: of the letters that it handles.
            handler: handles one letter.
            bulk: handles several at once.

        Raises:
            AlreadyRegistered: there is another.
        """
        if self.handlers.setdefault(payload_type, handler) is not handler:
            raise AlreadyRegistered(payload_type)
        if bulk is not None:
            self.bulk[payload_type] = bulk

    def add_returned(self, payload_type: str, handler: Handler) -> None:
        """Register what makes our own things again from letters that were given back.

        Raises:
            AlreadyRegistered: there is another.
        """
        if self.returned.setdefault(payload_type, handler) is not handler:
            raise AlreadyRegistered(payload_type)

    def add_listener(self, listener: Listener) -> None:
        """Register a listener to progress, once."""
        if listener not in self.listeners:
            self.listeners.append(listener)

    def tell(self, changes: Sequence[Change]) -> None:
        """Tell all listeners what has changed, in the transaction that is open.

        Each is under a savepoint: one that fails loses what it wrote, and stops neither the others nor
        the exchange; it is then told one change after the other, and loses what it wrote of those under
        which it fails. Where the database itself has failed, the whole transaction is tried again.
        """
        if not changes:
            return
        for listener in self.listeners:
            try:
                with transaction.atomic():
                    listener(changes)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:  # noqa: BLE001 - it is logged; a listener is anybody's
                _tell_one_by_one(listener, changes, error)


def _tell_one_by_one(listener: Listener, changes: Sequence[Change], error: Exception) -> None:
    for change in changes:
        failed: Exception | None = error
        if len(changes) > 1:
            failed = _tell_again(listener, change)
        if failed is not None:
            log.exception(
                "exchange.listener_failed",
                listener=getattr(listener, "__qualname__", type(listener).__name__),
                letter=change.letter_id.hex(),
                exc_info=failed,
            )


def _tell_again(listener: Listener, change: Change) -> Exception | None:
    try:
        with transaction.atomic():
            listener([change])
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - it is logged; a listener is anybody's
        return error
    return None


REGISTRY = Registry()
"""This process's registry."""
