"""What can go wrong when officers judge who is the same. The docstring is what the officer reads."""

from borderliaison.kernel.errors import LiaisonError


class JudgingError(LiaisonError):
    """This could not be judged."""

    code = "E-RES-00"


class NoSuchRecord(JudgingError):
    """There is no such record."""

    code = "E-RES-01"


class NoSuchJudgement(JudgingError):
    """There is no such judgement, or it was taken back already."""

    code = "E-RES-02"


class OwnReasonMissing(JudgingError):
    """Say why, in at most 500 signs: whoever reads your judgement later must understand it."""

    code = "E-RES-03"


class AlreadyOne(JudgingError):
    """These are one record already."""

    code = "E-RES-04"


class JudgedDifferent(JudgingError):
    """An officer has judged these, or others that are the same as they, different. Take that back first."""

    code = "E-RES-05"


class JudgedTheSame(JudgingError):
    """An officer has judged these the same. Take that judgement back instead."""

    code = "E-RES-06"


class DoesNotJudge(JudgingError):
    """Your role reads records and does not judge them."""

    code = "E-RES-07"


class FewOrManyChosen(JudgingError):
    """Choose two records at least and twelve at most, and judge them the same or different."""

    code = "E-RES-08"


class KindsDiffer(JudgingError):
    """These are of kinds that cannot be one, as a person and a vehicle are."""

    code = "E-RES-09"
