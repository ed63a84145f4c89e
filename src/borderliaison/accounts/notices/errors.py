"""What can go wrong with an officer's e-mail. The docstring is what he reads."""

from borderliaison.kernel.errors import LiaisonError


class NoticeError(LiaisonError):
    """This could not be set."""

    code = "E-NTC-00"


class BadAddress(NoticeError):
    """This is no e-mail address."""

    code = "E-NTC-01"


class WrongCode(NoticeError):
    """The code is not the one that was sent, or it is older than half an hour. Have a new one sent."""

    code = "E-NTC-02"


class MailNotSent(NoticeError):
    """The mail server did not take the message. Nothing was changed; tell your administrator."""

    code = "E-NTC-03"
    retryable = True


class TooSoon(NoticeError):
    """A code was sent a moment ago. Wait a few minutes before you ask for another."""

    code = "E-NTC-04"


class NoMailHere(NoticeError):
    """This office's server sends no e-mail. Your administrator can set it up."""

    code = "E-NTC-05"
