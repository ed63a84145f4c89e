"""The files of an item that has come: attached to it, their previews asked for."""

from collections.abc import Sequence

from borderliaison.correspondence.payloads import ItemPayload
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.files.travelling import Arrived, NamedBlob, take
from borderliaison.kernel.ids import OfficeCode


def named_blobs(letter: ReceivedLetter) -> Sequence[NamedBlob]:
    """Return the blobs that a letter names."""
    return [NamedBlob(one.hash, one.size, one.key) for one in letter.blobs]


def take_files(item: str, letter: ReceivedLetter, payload: ItemPayload, source: OfficeCode) -> None:
    """Attach the files that a letter brings to its item, which is here; a replay changes nothing.

    Args:
        item: its key.
        letter: that brought it.
        payload: with what is said of the files, which was checked.
        source: the office that has them.
    """
    arrived = Arrived(item, letter.marking_id, letter.issuer, source)
    take(payload.files, named_blobs(letter), arrived)
