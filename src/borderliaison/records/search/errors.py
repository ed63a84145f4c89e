"""What can go wrong with questions that are kept. The docstring is what the officer reads."""

from borderliaison.kernel.errors import LiaisonError


class NothingAsked(LiaisonError):
    """Look for something first, and give the question a name."""

    code = "E-REC-20"


class TooManyQuestions(LiaisonError):
    """You keep as many questions as one may. End one first."""

    code = "E-REC-21"


class NoSuchQuestion(LiaisonError):
    """There is no such question."""

    code = "E-REC-22"
