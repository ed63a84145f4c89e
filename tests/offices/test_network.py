"""The shipped network against what is known of the real one."""

from collections import Counter
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from borderliaison.offices import services
from borderliaison.offices.codes import country_of, is_code
from borderliaison.offices.kinds import OfficeKind, OfficeStatusKind
from borderliaison.offices.models import (
    Agency,
    Country,
    CrossingPoint,
    Office,
    OfficeStatus,
    Source,
)
from borderliaison.offices.names import matches, search_key
from borderliaison.offices.network.shipped import read_data, shipped_rows

pytestmark = pytest.mark.django_db


ZONES = {
    "KG": "Asia/Bishkek",
    "KZ": "Asia/Almaty",
    "UZ": "Asia/Tashkent",
    "TJ": "Asia/Dushanbe",
    "TM": "Asia/Ashgabat",
}
POINTS = {
    "KZ": "Kordai, Sypatai Batyr, Merke, Bauirzhan Konysbaev, Saryagash, Kuryk",
    "KG": "Akzhol, Kaindy, Manas Airport, Bor-Dobo, Karamyk, Dostuk, Madaniyat",
    "TJ": "Dusti, Karamyk (Tajik side), Kyzyl-Art, Fotehobod, Ayvaj, Pakhtaobod, Ishkoshim, "
    "Panji Poyon",
    "TM": "Farap, Serhetabat, Imamnazar",
    "UZ": "Dustlik, Oybek, Sariosiyo, Gulbahor, Kudukli, Yallama, Ayritom, Alat",
}


@pytest.fixture(autouse=True)
def network() -> None:
    services.load_network()


def test_each_of_the_32_crossing_points_is_there_with_its_office() -> None:
    for country, names in POINTS.items():
        found = CrossingPoint.objects.filter(country_id=country)
        assert {one.name_in("en") for one in found} == set(names.split(", "))
    assert CrossingPoint.objects.count() == 32
    for point in CrossingPoint.objects.select_related("office"):
        assert point.office.code == point.code
        assert point.office.kind == OfficeKind.BLO


def test_each_centre_is_there() -> None:
    kinds = {one.code: one.kind for one in Office.objects.exclude(kind=OfficeKind.BLO)}
    assert {code: kind for code, kind in kinds.items() if kind != OfficeKind.HEADQUARTERS} == {
        "KG-BIS": OfficeKind.COORDINATION_CENTRE,
        "KG-OSH": OfficeKind.OPERATIONAL_SECTOR,
        "UZ-TAS": OfficeKind.SITUATION_CENTRE,
        "KZ-AST": OfficeKind.COORDINATION_CENTRE,
        "TJ-DSB": OfficeKind.COORDINATION_CENTRE,
        "ZZ-CAR": OfficeKind.REGIONAL_CENTRE,
    }


def test_each_agency_that_exchanges_has_its_headquarters() -> None:
    agencies = set(
        Agency.objects.filter(steering_only=False)
        .exclude(country_id="ZZ")
        .values_list("code", flat=True)
    )
    headquarters = Office.objects.filter(kind=OfficeKind.HEADQUARTERS)
    assert {agency for one in headquarters for agency in services.agencies_in(one.code)} == agencies


def test_no_position_of_a_unit_is_shipped() -> None:
    shipped = set(Office.objects.values_list("kind", flat=True))
    assert not shipped & {
        OfficeKind.OUTPOST,
        OfficeKind.MOBILE_TEAM,
        OfficeKind.PORT_CONTROL_UNIT,
    }


def statuses_on(day: date) -> dict[str, str]:
    lines = OfficeStatus.objects.filter(since__lte=day).order_by("since")
    return {line.office_id: line.status for line in lines}


def test_by_border_nineteen_offices_worked_in_2021() -> None:
    counted: Counter[frozenset[str | None]] = Counter()
    for code, status in statuses_on(date(2021, 12, 31)).items():
        point = CrossingPoint.objects.filter(pk=code).first()
        if status == OfficeStatusKind.OPERATING and point and point.border_id:
            counted[frozenset([point.country_id, point.border_id])] += 1
    assert counted == {
        frozenset(["KZ", "KG"]): 2,
        frozenset(["UZ", "TJ"]): 6,
        frozenset(["KG", "TJ"]): 4,
        frozenset(["KG", "UZ"]): 2,
        frozenset(["UZ", "AF"]): 1,
        frozenset(["TJ", "AF"]): 2,
        frozenset(["KZ", "UZ"]): 2,
    }
    assert counted.total() == 19


def test_the_last_documented_openings_make_23_offices_at_crossing_points() -> None:
    points = set(CrossingPoint.objects.values_list("code", flat=True))
    told = statuses_on(date(2024, 1, 1)).items()
    assert len([c for c, status in told if status == "operating" and c in points]) == 23


def test_the_kyrgyz_offices_of_2021_are_five_and_of_2022_six() -> None:
    def kyrgyz(day: date) -> set[str]:
        offices = statuses_on(day).items()
        points = set(CrossingPoint.objects.values_list("code", flat=True))
        return {c for c, s in offices if s == "operating" and c in points and c[:2] == "KG"}

    five = {"KG-BDB", "KG-KRM", "KG-DST", "KG-AKJ", "KG-MNS"}
    assert kyrgyz(date(2021, 12, 31)) == five
    assert kyrgyz(date(2022, 12, 31)) == five | {"KG-KDY"}


@pytest.mark.parametrize("code", ["KG-BDB", "KG-KRM", "TJ-TJV", "TJ-KZA"])
def test_the_kyrgyz_tajik_crossings_were_shut_in_2021_and_opened_in_2025(code: str) -> None:
    lines = CrossingPoint.objects.get(pk=code).statuses.values_list("status", "since")
    assert list(lines) == [
        ("open", date(2012, 1, 1)),
        ("closed", date(2021, 5, 1)),
        ("open", date(2025, 7, 1)),
    ]


def test_counterparts_face_each_other_on_one_border() -> None:
    pairs = 0
    for point in CrossingPoint.objects.exclude(border=None):
        for code in services.counterparts_of(point.code):
            other = CrossingPoint.objects.get(pk=code)
            assert (other.country_id, other.border_id) == (point.border_id, point.country_id)
            assert services.counterparts_of(code) == (point.code,)
            pairs += 1
    assert pairs == 22
    assert services.counterparts_of("KG-DST") == ("UZ-DUS",)
    assert services.counterparts_of("KG-MNS") == ()


def test_reports_from_bor_dobo_go_to_osh_and_bishkek() -> None:
    assert services.reporting_line("KG-BDB") == ("KG-OSH", "KG-BIS")
    assert services.reporting_line("KG-BDB", on=date(2021, 6, 1)) == ("KG-BIS",)
    assert services.reporting_line("KG-MNS") == ("KG-BIS",)
    assert services.reporting_line("UZ-DUS") == ("UZ-TAS",)


def test_no_reporting_line_leaves_its_country() -> None:
    for office in Office.objects.all():
        above = services.reporting_line(office.code)
        assert {country_of(one) for one in above} <= {office.country_id}


def test_caricc_is_an_office_and_an_audience_that_is_written_out() -> None:
    lines = {(one.office, one.agency) for one in services.audience_of("CARICC").lines}
    assert ("ZZ-CAR", "ZZ-CAR") in lines
    assert {country_of(office) for office, _ in lines} == {"ZZ", "KG", "KZ", "TJ", "TM", "UZ"}
    for office, agency in lines:
        assert agency in services.agencies_in(office)


def test_every_point_has_its_place_with_accuracy_source_and_zone() -> None:
    sources = set(Source.objects.values_list("key", flat=True))
    for point in CrossingPoint.objects.all():
        assert point.latitude is not None
        assert point.longitude is not None
        assert 35 < point.latitude < 46
        assert 51 < point.longitude < 75
        assert point.accuracy_km is not None
        assert 1 <= point.accuracy_km <= 25
        assert point.place_source in sources
        assert point.zone == point.office.zone == ZONES[point.country_id]
        assert ZoneInfo(point.zone)
    for line in OfficeStatus.objects.all():
        assert line.source in sources


def scripts(one: dict[str, Any]) -> set[str]:
    found = set()
    texts = [(lang, text) for lang, text in one["names"].items()]
    for lang, text in texts + [(alias["lang"], alias["text"]) for alias in one["aliases"]]:
        if any("a" <= c <= "z" for c in text.casefold()):
            found.add("latin")
        elif lang == "ru":
            found.add("russian")
        else:
            found.add("national")
    return found


def test_every_point_is_named_in_latin_russian_and_national_cyrillic() -> None:
    for one in read_data("points"):
        assert scripts(one) == {"latin", "russian", "national"}, one["code"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("бор-дөбө", "KG-BDB"),
        ("БОРДОБО", "KG-BDB"),
        ("bor dobo", "KG-BDB"),
        ("дустлик", "UZ-DUS"),
        ("ДЎСТЛИК", "UZ-DUS"),
        ("do'stlik", "UZ-DUS"),
        ("doʻstl", "UZ-DUS"),
        ("дусти", "TJ-DTI"),
        ("ДӮСТӢ", "TJ-DTI"),
        ("гулбахор", "UZ-GLB"),
        ("қордай", "KZ-KRD"),
        ("кордай", "KZ-KRD"),
        ("кушка", "TM-SRH"),
        ("нижний пяндж", "TJ-PNJ"),
        ("konysbayeva", "KZ-KNS"),
    ],
)
def test_a_point_is_found_as_it_is_spelled(typed: str, code: str) -> None:
    keys = {
        one.code: search_key([*one.names.values(), *(alias["text"] for alias in one.aliases)])
        for one in CrossingPoint.objects.all()
    }
    assert code in {found for found, key in keys.items() if matches(key, typed)}
    assert len([found for found, key in keys.items() if matches(key, typed)]) == 1


def test_codes_are_unique_and_of_one_form() -> None:
    rows = [one for one in shipped_rows() if one.table in ("Office", "Agency")]
    for table in ("Office", "Agency"):
        codes = [one.key["code"] for one in rows if one.table == table]
        assert len(set(codes)) == len(codes)
        assert all(is_code(code) for code in codes)
    letters = [
        one.key["code"][3:]
        for one in rows
        if one.table == "Office" and one.values["kind"] != OfficeKind.HEADQUARTERS
    ]
    assert len(set(letters)) == len(letters)


def test_everything_has_its_english_and_russian_name() -> None:
    for model in (Country, Agency, CrossingPoint, Office):
        for one in model.objects.all():
            assert one.names["en"]
            assert one.names["ru"]
    for status in OfficeStatus.objects.exclude(note={}):
        assert set(status.note) == {"en", "ru"}
