"""What can go wrong when something is passed on. The docstring is what the officer reads."""

from borderliaison.kernel.errors import LiaisonError


class CorrespondenceError(LiaisonError):
    """This could not be done in the thread."""

    code = "E-COR-00"


class NoRecipient(CorrespondenceError):
    """Nobody is addressed. Choose at least one office."""

    code = "E-COR-01"


class AlreadyDecided(CorrespondenceError):
    """Somebody has already decided on this. Reload the page to see what was decided."""

    code = "E-COR-02"


class NotYoursToAuthorise(CorrespondenceError):
    """You asked for this dissemination, or wrote what it passes on. A second officer decides."""

    code = "E-COR-03"


class NoRightToAuthorise(CorrespondenceError):
    """Your role does not authorise dissemination. Ask the duty officer or the head of the office."""

    code = "E-COR-04"


class LegalBasisMissing(CorrespondenceError):
    """Say under which agreement or order this may cross the border."""

    code = "E-COR-05"


class PassingOnForbidden(CorrespondenceError):
    """The originator's handling code H2 forbids passing this on without permission."""

    code = "E-COR-06"


class UnknownOffice(CorrespondenceError):
    """There is no such office in the network."""

    code = "E-COR-07"


class NothingSaid(CorrespondenceError):
    """Choose a phrase or write a sentence."""

    code = "E-COR-08"


class ObserverOnly(CorrespondenceError):
    """Your role reads here and does not write."""

    code = "E-COR-09"


class MalformedPayload(CorrespondenceError):
    """What came in is not in the form that its kind asks for."""

    code = "E-COR-10"


class ItemNotHere(MalformedPayload):
    """It speaks of an item that has not come yet. It is taken in when that comes."""

    code = "E-COR-11"


class NotForItsAuthor(CorrespondenceError):
    """You would not be able to read this yourself. Add your agency, or lower the classification."""

    code = "E-COR-12"


class ReasonMissing(CorrespondenceError):
    """Say why this is not authorised."""

    code = "E-COR-14"


class Superseded(CorrespondenceError):
    """A correction of this report has been written. Decide on the correction, and decline this one."""

    code = "E-COR-13"


class UnseenCharacter(CorrespondenceError):
    """A character in the text cannot be seen, or misleads. Type the text anew instead of pasting it."""

    code = "E-COR-15"


class TextTooLong(CorrespondenceError):
    """The text is too long. Shorten it; nothing of it is cut off."""

    code = "E-COR-16"


class OneLineOnly(CorrespondenceError):
    """Only one line goes here. Take the line breaks out."""

    code = "E-COR-17"


class RequestClosed(CorrespondenceError):
    """The request is answered, refused or withdrawn already. Reload its thread to see how it stands."""

    code = "E-COR-18"


class NotAsked(CorrespondenceError):
    """This request was not put to your office, or it is not your office's own."""

    code = "E-COR-19"


class AskerLeftOut(CorrespondenceError):
    """The office that asked is not addressed. Choose it under "To whom"."""

    code = "E-COR-20"


class NotLater(CorrespondenceError):
    """The new deadline is not later than the present one."""

    code = "E-COR-21"


class CodeAlone(CorrespondenceError):
    """With this reason no words cross the border: they could endanger somebody. Take them out."""

    code = "E-COR-22"


class QuoteNotThere(CorrespondenceError):
    """What is quoted does not stand in the message that it names. Select words of one field again."""

    code = "E-COR-24"


class QuoteLeavesAudience(CorrespondenceError):
    """What is quoted was not for every office that you address. Take the quote or the office out."""

    code = "E-COR-25"


class MoveHeldBack(CorrespondenceError):
    """Your country's rule lets this cross no border without a second officer. Write a message instead."""

    code = "E-COR-23"
