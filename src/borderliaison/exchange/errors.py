"""What can go wrong in the exchange on this node; for what is wrong with letters see ``core.errors``."""

from borderliaison.kernel.errors import LiaisonError


class ExchangeError(LiaisonError):
    """The exchange could not do what was asked."""

    code = "E-EXC-00"


class PostRefused(ExchangeError):
    """The letter was not accepted for sending."""

    code = "E-EXC-01"


class NoRecipient(PostRefused):
    """The letter is addressed to nobody."""

    code = "E-EXC-02"


class AddressedToSelf(PostRefused):
    """The letter is addressed to the office that writes it."""

    code = "E-EXC-03"


class AboveCeiling(PostRefused):
    """The letter is classified higher than this network may carry."""

    code = "E-EXC-04"


class NotAuthorised(PostRefused):
    """The letter would cross a border, and no officer has authorised that."""

    code = "E-EXC-05"


class LetterTooLarge(PostRefused):
    """The letter is larger than a letter may be; large files travel as attachments."""

    code = "E-EXC-06"


class MarkingTooLarge(PostRefused):
    """The letter's marking is too large: at most 256 addressees and 500 characters for H3."""

    code = "E-EXC-08"


class OthersOfficer(PostRefused):
    """The officer named as the one who authorised the letter is not of this office."""

    code = "E-EXC-09"


class OutsideTransaction(PostRefused):
    """The letter was posted outside the transaction of what it tells of."""

    code = "E-EXC-07"


class OutsideExercise(PostRefused):
    """The exercise has ended, or an office that is addressed takes no part in it."""

    code = "E-EXC-16"


class UnsafeKeyFile(ExchangeError):
    """A file of keys can be read by others than its owner, or is another user's; set its mode to 0600."""

    code = "E-KEY-01"


class NoKeyFile(ExchangeError):
    """The file of the office's private keys is missing."""

    code = "E-KEY-02"


class KeysNotInDirectory(ExchangeError):
    """The office's private keys are not those that the directory lists for it."""

    code = "E-KEY-03"


class WrongUnlock(ExchangeError):
    """This passphrase or credential does not open the office's private keys."""

    code = "E-KEY-04"


class BadCredential(ExchangeError):
    """What opens the office's private keys is missing or cannot be used."""

    code = "E-KEY-05"


class OldKeyFile(ExchangeError):
    """The office's private keys are not sealed."""

    code = "E-KEY-06"
    hint = "`blo node keys lock` seals them"


class NothingToOpen(ExchangeError):
    """The pages are not closed."""

    code = "E-EXC-41"


class NothingFrozen(ExchangeError):
    """No exchange with this office is stopped."""

    code = "E-EXC-42"


class NoSuchEvidence(ExchangeError):
    """Nothing with this number is in quarantine."""

    code = "E-EXC-43"


class NotToBeReleased(ExchangeError):
    """This cannot be judged again: it proves a fork, or its bytes were not kept."""

    code = "E-EXC-44"


class EvidenceNeeded(ExchangeError):
    """This is the proof of a fork; it can go when somebody has decided about that."""

    code = "E-EXC-45"


class StillRefused(ExchangeError):
    """It was judged again and stays in quarantine."""

    code = "E-EXC-46"


class AnotherWorker(ExchangeError):
    """Another worker already runs for this node."""

    code = "E-EXC-10"
    retryable = True


class WorkerAway(ExchangeError):
    """The node's worker does not run; `blo serve` starts it."""

    code = "E-EXC-14"
    retryable = True


class LedgerAway(ExchangeError):
    """The database does not answer at the moment."""

    code = "E-EXC-11"
    retryable = True


class LedgerFault(ExchangeError):
    """The database refused what was to be written; nothing of it was kept."""

    code = "E-EXC-15"
    retryable = True


class CarrierError(ExchangeError):
    """The message could not be carried."""

    code = "E-CAR-00"
    retryable = True


class HubAway(CarrierError):
    """There is no connection to the network at the moment."""

    code = "E-CAR-01"


class PeerAway(CarrierError):
    """The other office is not connected at the moment."""

    code = "E-CAR-02"


class NoAnswer(CarrierError):
    """The other office did not answer in time."""

    code = "E-CAR-03"


class MessageTooLarge(CarrierError):
    """The message is larger than the network carries."""

    code = "E-CAR-04"
    retryable = False


class NotTaken(CarrierError):
    """The other office's server answered, but did not take the message."""

    code = "E-CAR-05"
