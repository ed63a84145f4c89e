"""From an entry and its body to a verified letter: every check in its order, in one place."""

from borderliaison.exchange.core.body import ClosedBody, body_hash, read_body
from borderliaison.exchange.core.entry import Entry, unwrap_key
from borderliaison.exchange.core.errors import LetterMismatch
from borderliaison.exchange.core.keys import Openers
from borderliaison.exchange.core.letter import Letter, open_letter
from borderliaison.kernel.keys import Signer


def open_delivery(
    entry: Entry, body: bytes, keys: Openers, issuer_public: Signer
) -> tuple[Letter, bytes]:
    """Open what an entry brings to this office.

    Args:
        entry: of a frame that was verified.
        body: the body it names.
        keys: this office's.
        issuer_public: of the stream's sender.

    Returns:
        The letter, and the signed bytes as they are to be kept and passed on.

    Raises:
        LetterMismatch: the body or the letter is not what the entry announced.
        WireError, MalformedData, BadSignature: it cannot be opened or read, with its code.
    """
    signed = _read(entry, body).open(unwrap_key(entry, keys))
    return _checked(entry, signed, issuer_public), signed


def open_own(entry: Entry, body: bytes, keys: Openers, own_public: Signer) -> tuple[Letter, bytes]:
    """Open what this office itself once sent and a peer gives back, through the self-wrap.

    Raises:
        LetterMismatch: the body or the letter is not what the entry announced.
        WireError, MalformedData, BadSignature: it cannot be opened or read, with its code.
    """
    closed = _read(entry, body)
    signed = closed.open(closed.own_key(keys))
    return _checked(entry, signed, own_public), signed


def _read(entry: Entry, body: bytes) -> ClosedBody:
    if body_hash(body) != entry.body_hash:
        raise LetterMismatch("the body is another")
    closed = read_body(body)
    header = closed.header
    if (header.letter_id, header.issuer) != (entry.letter_id, entry.stream.sender):
        raise LetterMismatch("the body is of another letter or issuer")
    return closed


def _checked(entry: Entry, signed: bytes, issuer_public: Signer) -> Letter:
    letter = open_letter(signed, issuer_public)
    stream = entry.stream
    if (letter.letter_id, letter.issuer) != (entry.letter_id, stream.sender):
        raise LetterMismatch("the letter is another")
    if letter.realm != stream.realm:
        raise LetterMismatch("the letter is of another realm than its stream")
    if stream.recipient not in letter.to:
        raise LetterMismatch("the letter is not addressed to this office")
    return letter
