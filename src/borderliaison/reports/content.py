"""What a report says on the wire, inside an item: form, version, number, values."""

from dataclasses import dataclass
from typing import Any, Self

from borderliaison.kernel.errors import MalformedData

PAYLOAD_TYPE = "report"
MAX_VERSION = 9_999


class BadReport(MalformedData):
    """The fields of the report are not as its form asks. The letter is kept; call its author."""

    code = "E-REP-05"


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A filled form.

    Attributes:
        form: the form's id: ``lookout``.
        version: the form's version, under which the values were checked.
        number: the writer's register number.
        values: plain data by field, as ``forms.check`` returned it.
        revision: 1 for the first, one more with each correction.
        source: the number of the report that this one passes on or answers; else empty.
    """

    form: str
    version: int
    number: str
    values: dict[str, Any]
    revision: int = 1
    source: str = ""

    def to_data(self) -> dict[str, Any]:
        """Return plain data for an item's content."""
        return {
            "form": self.form,
            "version": self.version,
            "number": self.number,
            "values": self.values,
            "revision": self.revision,
            "source": self.source,
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Read what ``to_data`` wrote.

        Raises:
            MalformedData: it is not a report.
        """
        match data:
            case {
                "form": str(form),
                "version": int(version),
                "number": str(number),
                "values": dict(values),
                "revision": int(revision),
                "source": str(source),
            } if len(data) == 6 and len(form) <= 40 and len(number) <= 40 and len(source) <= 40:
                return cls(form, version, number, values, revision, source)
            case _:
                raise MalformedData("not a report")
