"""What can be wrong with a form file or a request for one. What an officer typed is a ``FieldError``."""

from collections.abc import Iterable
from dataclasses import dataclass

from borderliaison.kernel.errors import LiaisonError


class FormsError(LiaisonError):
    """A form or a list of the system cannot be used."""

    code = "E-FRM-00"


class UnknownForm(FormsError):
    """This office does not have the form or list, or not in this version."""

    code = "E-FRM-01"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a data file.

    Attributes:
        file: the file's name.
        line: the line, counted from 1.
        path: where in the data: ``parts[2].fields[0].type``.
        message: what is wrong and what was expected.
    """

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.message}"


class BadFile(FormsError):
    """A data file of the forms does not follow its schema.

    Attributes:
        problems: each problem, in the order of the lines.
    """

    code = "E-FRM-02"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: one.line))
        super().__init__("\n".join(str(one) for one in self.problems))


class NotAdded(FormsError):
    """This office has added no such form."""

    code = "E-FRM-05"


class NoConversion(FormsError):
    """There is no agreed way from this grading scheme to the other: grade again by hand."""

    code = "E-FRM-03"


class UnknownGrading(FormsError):
    """The scheme, its version or the value of a grading is not known here."""

    code = "E-FRM-04"
