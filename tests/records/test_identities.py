"""By which numbers things are themselves, and which numbers say nothing."""

import pytest

from borderliaison.forms.identifiers.schemes import SCHEMES
from borderliaison.records.identities import identities_of
from borderliaison.records.ontology.model import schema, schemata


def _identities(name: str, said: dict[str, str | list[str]]) -> list[str]:
    pairs = [
        (prop, one)
        for prop, some in said.items()
        for one in ([some] if isinstance(some, str) else some)
    ]
    return list(identities_of(schema(name), pairs))


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        (
            "Vehicle",
            {"registrationNumber": "01 КГ 742 АВС", "registeredIn": "kg"},
            ["plate kg 01KG742ABC"],
        ),
        ("Vehicle", {"registrationNumber": "01 КГ 742 АВС"}, ["bare_plate 01KG742ABC"]),
        ("Vehicle", {"registrationNumber": "742ABC"}, ["bare_plate 742ABC"]),
        ("Vehicle", {"registrationNumber": "42ABC"}, []),
        ("Vehicle", {"registrationNumber": "01KG?42ABC"}, []),
        ("Vehicle", {"registrationNumber": "077842"}, []),
        ("Vehicle", {"registrationNumber": "б/н", "registeredIn": "kg"}, []),
        ("Vehicle", {"registrationNumber": "0000", "registeredIn": "kg"}, []),
        ("Vehicle", {"registrationNumber": "01KG742ABC", "registeredIn": ["kg", "uz"]}, []),
        ("Vehicle", {"vin": "1M8GDM9AXKP042788"}, ["vin 1M8GDM9AXKP042788"]),
        ("Vehicle", {"vin": "1M8GDM9A1KP042788"}, []),
        ("RailVehicle", {"wagonNumber": "4548 8855"}, ["wagon 45488855"]),
        ("RailVehicle", {"wagonNumber": "45488856"}, []),
        ("Container", {"containerNumber": "CSQU 305438-3"}, ["container CSQU3054383"]),
        ("Phone", {"number": "+996555123456"}, ["phone +996555123456"]),
        ("Phone", {"number": "ask for Bek"}, []),
        (
            "TravelDocument",
            {"number": "ID 1234567", "country": "kg"},
            ["document kg ID1234567"],
        ),
        ("Passport", {"number": "ID1234567", "country": "kg"}, ["document kg ID1234567"]),
        ("TravelDocument", {"number": "ID1234567"}, []),
        ("Firearm", {"serialNumber": "КВ 4417", "make": "ПМ"}, ["firearm pm KB4417"]),
        ("Firearm", {"serialNumber": "нет", "make": "ПМ"}, []),
        ("Vessel", {"imoNumber": "IMO 9074729"}, ["imo 9074729"]),
        ("BankAccount", {"iban": "KG12 3456 7890"}, ["iban KG1234567890"]),
        ("Person", {"name": "Бек Аскаров", "idNumber": "12345678901234"}, []),
    ],
)
def test_a_thing_is_itself_by_a_right_number_alone(
    name: str, said: dict[str, str | list[str]], expected: list[str]
) -> None:
    assert _identities(name, said) == expected


def test_people_firms_and_consignments_are_joined_by_nobody_but_officers() -> None:
    never = {"LegalEntity", "Consignment", "Event", "Address"}
    numbered = [one for one in schemata().values() if one.identities]
    assert [one.name for one in numbered if any(one.is_a(name) for name in never)] == []


def test_each_scheme_that_the_ontology_names_is_there() -> None:
    named = {number.scheme for one in schemata().values() for number in one.identities}
    assert named - {""} <= SCHEMES.keys()
