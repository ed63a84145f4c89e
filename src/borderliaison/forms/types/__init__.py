"""The kinds of field. To add one, write a ``FieldType`` and list it here; forms can then name it."""

from typing import Final

from borderliaison.forms.schema import FieldType
from borderliaison.forms.types.cases import CaseNumbersType
from borderliaison.forms.types.choices import BooleanType, CodesType, CodeType
from borderliaison.forms.types.days import DateType
from borderliaison.forms.types.identifiers import IdentifierType
from borderliaison.forms.types.moments import DatetimeLocalType, WindowType
from borderliaison.forms.types.numbers import DecimalType, IntegerType
from borderliaison.forms.types.places import AgenciesType, CrossingType, OfficeType
from borderliaison.forms.types.positions import PositionType
from borderliaison.forms.types.rows import RowsType
from borderliaison.forms.types.texts import LinesType, LongTextType, PlateType, TextType
from borderliaison.forms.types.weeks import WeekType

TYPES: Final[dict[str, FieldType]] = {
    one.name: one
    for one in (
        TextType(),
        LongTextType(),
        LinesType(),
        CodeType(),
        CodesType(),
        BooleanType(),
        DatetimeLocalType(),
        WindowType(),
        DateType(),
        WeekType(),
        PlateType(),
        IdentifierType(),
        OfficeType(),
        CrossingType(),
        PositionType(),
        AgenciesType(),
        CaseNumbersType(),
        IntegerType(),
        DecimalType(),
        RowsType(),
    )
}
"""Every kind of field by its name in form files."""
