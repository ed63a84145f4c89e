"""Which offices a demo runs."""

from borderliaison.node.demo.cast import OFFICES
from borderliaison.node.demo.company import authorities_of, company, everybody


def test_the_play_is_always_there_and_first() -> None:
    assert company(5, memory_mib=0) == OFFICES
    assert company(12, memory_mib=100_000)[:5] == OFFICES


def test_as_many_offices_run_as_are_wanted_and_fit() -> None:
    assert len(company(12, memory_mib=100_000)) == 12
    assert len(company(30, memory_mib=5_000)) == 11
    assert company(99, memory_mib=100_000) == everybody()


def test_everybody_is_each_office_at_a_crossing_point_once() -> None:
    codes = [office.code for office in everybody()]
    assert len(set(codes)) == len(codes) == 37
    logins = [one.login for office in everybody() for one in office.officers]
    assert len(set(logins)) == len(logins)


def test_each_country_has_its_authority() -> None:
    assert list(authorities_of(OFFICES)) == ["KG", "UZ"]
    assert list(authorities_of(everybody())) == ["KG", "KZ", "TJ", "TM", "UZ"]
