"""What can go wrong with accounts."""

from borderliaison.kernel.errors import LiaisonError


class AccountError(LiaisonError):
    """The account could not be changed."""

    code = "E-ACC-00"


class LoginTaken(AccountError):
    """Another account has this login name."""

    code = "E-ACC-01"


class OfficerHasAccount(AccountError):
    """This officer already has an account on this node."""

    code = "E-ACC-02"


class NoSuchAccount(AccountError):
    """There is no account with this login name."""

    code = "E-ACC-03"


class WeakPassword(AccountError):
    """The password is too easy to guess."""

    code = "E-ACC-04"


class BadAccount(AccountError):
    """What was given for the account is not what it should be; the message says which part."""

    code = "E-ACC-05"


class NotSignedIn(AccountError):
    """Nobody is signed in."""

    code = "E-ACC-06"
