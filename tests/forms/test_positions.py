"""Positions in decimal degrees, and in degrees, minutes and seconds as maps write them."""

import pytest

from borderliaison.forms.schema import FormField, Refused
from borderliaison.forms.types import TYPES
from borderliaison.forms.words import Words

POSITION = FormField("where", TYPES["position"], Words({"en": "Where"}))


@pytest.mark.parametrize(
    ("typed", "lat", "lon"),
    [
        ("40.550, 72.750", "40.550", "72.750"),
        ("40°33′00″N 72°45′00″E", "40.55000", "72.75000"),
        ("40°33'00\"N, 72°45'30.5\"E", "40.55000", "72.75847"),
        ("N40 33 00 E072 45 00", "40.55000", "72.75000"),
        ("40°33′00″ с. ш. 72°45′00″ в. д.", "40.55000", "72.75000"),
        ("40°33.5′С 72°45′В", "40.55833", "72.75000"),
        ("33°55′12″S 18°25′W", "-33.92000", "-18.41667"),
    ],
)
def test_a_position_is_read_as_it_is_written_down(typed, lat, lon, context):
    found = TYPES["position"].read(typed, POSITION, context)
    assert found == {"lat": lat, "lon": lon}
    assert TYPES["position"].read(found, POSITION, context) == found


@pytest.mark.parametrize(
    "typed", ["40°61′N 72°1′E", "40°33′ 72°45′", "N40 33 00", "91°00′N 72°00′E", "40°33′N 72°45′N"]
)
def test_what_is_no_position_is_refused(typed, context):
    with pytest.raises(Refused):
        TYPES["position"].read(typed, POSITION, context)
