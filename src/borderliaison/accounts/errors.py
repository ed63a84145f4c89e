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


class NoSuchExercise(AccountError):
    """There is no such exercise at this office."""

    code = "E-ACC-07"


class ExerciseExists(AccountError):
    """There is or was an exercise of this name here; a name is not used twice."""

    code = "E-ACC-08"


class BadExercise(AccountError):
    """What was given for the exercise is not what it should be; the message says which part."""

    code = "E-ACC-09"


class ExerciseEnded(AccountError):
    """The exercise has ended: it can be read, and is not opened again."""

    code = "E-ACC-10"


class BadToken(AccountError):
    """What was given for the token is not what it should be; the message says which part."""

    code = "E-ACC-11"


class NoSuchToken(AccountError):
    """This officer has no such token."""

    code = "E-ACC-12"


class TokenRefused(AccountError):
    """The token is not known here, or does not hold any more. Make a new one under Me."""

    code = "E-ACC-13"


class TooManyTokens(AccountError):
    """This officer has as many tokens in use as one may have. Revoke one first."""

    code = "E-ACC-14"
