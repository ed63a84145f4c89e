"""The lattices: a page is never easier to read than what it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.marking import (
    Audience,
    Classification,
    Grading,
    Handling,
    HandlingCodes,
    Level,
    Marking,
    PageMarking,
)
from borderliaison.kernel.policy import Reader, Reason, decide_read
from borderliaison.kernel.realm import LIVE, Realm

OFFICES = ["KG-BDB", "KG-DST", "UZ-DUS"]
AGENCIES = ["*", "KG-BOR", "KG-CUS"]
realms = st.sampled_from([LIVE, Realm("seal-2026")])
classifications = st.builds(
    Classification,
    st.sampled_from(Level),
    st.frozensets(st.sampled_from([CountryCode("KG"), CountryCode("UZ")])),
)
handlings = st.builds(
    lambda codes, text: HandlingCodes(codes, text if Handling.H3 in codes else ""),
    st.frozensets(st.sampled_from(Handling)),
    st.sampled_from(["no copies", "read by voice"]),
)
audiences = st.lists(
    st.tuples(st.sampled_from(OFFICES), st.sampled_from(AGENCIES)), max_size=5
).map(lambda pairs: Audience.of(*pairs))
gradings = st.sampled_from([Grading(), Grading("4x4", "2016", "B2")])
markings = st.builds(
    Marking, realms, classifications, handlings, audiences,
    st.sampled_from([OfficeCode(o) for o in OFFICES]), gradings,
)  # fmt: skip
readers = st.builds(
    Reader,
    st.sampled_from([OfficeCode(o) for o in OFFICES]),
    st.sampled_from([AgencyCode(a) for a in AGENCIES[1:]]),
    st.just(CountryCode("KG")),
    st.sampled_from(Level),
    realms,
)


@pytest.mark.parametrize("axis", [classifications, handlings, audiences], ids=str)
def test_join_is_a_semilattice(axis: st.SearchStrategy) -> None:
    @given(axis, axis, axis)
    def holds(a, b, c):
        assert a.join(a) == a
        assert a.join(b) == b.join(a)
        assert a.join(b).join(c) == a.join(b.join(c))
        assert a <= a.join(b)

    holds()


@given(markings)
def test_a_marking_round_trips_through_plain_data(marking: Marking) -> None:
    assert Marking.from_data(marking.to_data()) == marking


@given(st.lists(markings, min_size=1, max_size=4), readers)
def test_who_may_read_a_page_may_read_all_it_shows(shown: list[Marking], reader: Reader) -> None:
    page = PageMarking.of(shown)
    assert page.audience is not None
    allowed_everything = all(decide_read(reader, one) for one in shown)
    same_realm = all(one.realm == reader.realm for one in shown)
    on_page = (
        page.audience.includes(reader.office, reader.agency)
        and reader.clearance >= page.classification.level
    )
    assert allowed_everything == (same_realm and on_page)


@given(markings, readers)
def test_a_wider_audience_never_takes_a_reader_away(marking: Marking, reader: Reader) -> None:
    wider = Audience(marking.audience.lines | Audience.of(("KG-KRM", "*")).lines)
    before = decide_read(reader, marking)
    after = decide_read(
        reader,
        Marking(marking.realm, marking.classification, marking.handling, wider,
                marking.originator, marking.grading),
    )  # fmt: skip
    assert bool(before) <= bool(after)


@given(markings, readers)
def test_a_higher_clearance_never_takes_a_reader_away(marking: Marking, reader: Reader) -> None:
    cleared = Reader(reader.office, reader.agency, reader.country, Level.SPECIAL, reader.realm)
    assert bool(decide_read(reader, marking)) <= bool(decide_read(cleared, marking))


def _marking(**changes: object) -> Marking:
    base: dict[str, object] = {
        "classification": Classification(Level.OFFICIAL, frozenset([CountryCode("KG")])),
        "audience": Audience.of(("KG-DST", "KG-CUS"), ("KG-BDB", "*")),
        "originator": OfficeCode("KG-BDB"),
    }
    return Marking(**{**base, **changes})  # type: ignore[arg-type]


def _reader(office: str, agency: str, level: Level = Level.OFFICIAL, realm: Realm = LIVE) -> Reader:
    return Reader(OfficeCode(office), AgencyCode(agency), CountryCode(office[:2]), level, realm)


@pytest.mark.parametrize(
    ("reader", "reason"),
    [
        (_reader("KG-DST", "KG-CUS"), Reason.ADDRESSED),
        (_reader("KG-BDB", "KG-BOR"), Reason.ORIGINATOR),
        (_reader("KG-DST", "KG-BOR"), Reason.OTHER_AGENCY),
        (_reader("KG-KRM", "KG-BOR"), Reason.NOT_ADDRESSED),
        (_reader("KG-DST", "KG-CUS", Level.OPEN), Reason.CLEARANCE),
        (_reader("KG-DST", "KG-CUS", realm=Realm("seal-2026")), Reason.OTHER_REALM),
    ],
)
def test_the_policy_says_why(reader: Reader, reason: Reason) -> None:
    decision = decide_read(reader, _marking())
    assert decision.reason is reason
    assert bool(decision) == (reason in (Reason.ADDRESSED, Reason.ORIGINATOR))


def test_an_empty_audience_is_read_by_nobody() -> None:
    assert not decide_read(_reader("KG-BDB", "KG-BOR"), _marking(audience=Audience()))


def test_h3_without_its_text_is_refused() -> None:
    with pytest.raises(MalformedData):
        HandlingCodes(frozenset([Handling.H3]))


@pytest.mark.parametrize(
    "realm", ["", "LIVE", "exercise:", "exercise:Ärger", "exercise:a b", "drill:x"]
)
def test_what_is_not_a_realm_is_refused(realm: str) -> None:
    with pytest.raises(MalformedData):
        Realm.parse(realm)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_from_data_refuses_anything_else_by_name(data: object) -> None:
    with pytest.raises(MalformedData):
        Marking.from_data(data)


@pytest.mark.parametrize(
    "change",
    [
        {"level": True},
        {"countries": [7]},
        {"handling_text": 0},
        {"originator": b"KG-BDB"},
        {"audience": [["KG-BDB", 7]]},
        {"grading": [1, 2, 3]},
        {"grading": ["4x4"]},
        {"realm": None},
    ],
)
def test_a_marking_of_other_types_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(MalformedData):
        Marking.from_data(Marking().to_data() | change)
