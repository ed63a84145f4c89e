"""What can be wrong with what came over the wire. One tree; each leaf has its code.

``retryable`` says whether the same letter may still arrive well when it is sent again: so it is for
damage on the way, not for what the sender itself wrote.
"""

from borderliaison.kernel.errors import LiaisonError, MalformedData


class WireError(LiaisonError):
    """What came over the wire could not be accepted."""

    code = "E-WIR-00"


class MalformedWire(WireError, MalformedData):
    """What came over the wire is not in the form of the protocol."""

    code = "E-WIR-01"


class UnsupportedVersion(WireError):
    """It was written in a version of the protocol that this node does not know."""

    code = "E-WIR-02"


class UnsupportedSuite(WireError):
    """It is protected by a cryptographic suite that is not installed on this node."""

    code = "E-WIR-03"


class UnknownKind(WireError):
    """The letter is of a kind that this node does not know."""

    code = "E-WIR-04"


class WrongKey(WireError):
    """It was sealed for another key than the one tried."""

    code = "E-WIR-05"


class CannotOpen(WireError):
    """The seal does not open: the content, its header or its wrapping was changed."""

    code = "E-WIR-06"


class CommitmentMismatch(WireError):
    """The key is not the one to which the sealed letter is committed."""

    code = "E-WIR-07"


class BodyTooLarge(WireError):
    """The letter is larger than a letter may be; large files travel as attachments."""

    code = "E-WIR-08"


class FrameTooLarge(WireError):
    """More was put into one frame than one frame may carry."""

    code = "E-WIR-09"


class MissingBody(WireError):
    """A line of the stream came without its sealed letter, and no tombstone stands for it."""

    code = "E-WIR-10"
    retryable = True


class StrayBody(WireError):
    """A sealed letter came that no line of the stream names: it was changed or added on the way."""

    code = "E-WIR-11"
    retryable = True


class BrokenChain(WireError):
    """The lines of the stream do not follow one another."""

    code = "E-WIR-12"


class WrongOffice(WireError):
    """An office signed in the place of another."""

    code = "E-WIR-13"


class LetterMismatch(WireError):
    """The letter inside is not the one that the line of the stream announced."""

    code = "E-WIR-14"
