"""Exercises: opened here by an administrator, entered by their members alone, read after their end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.html import strip_tags

from borderliaison.accounts.errors import (
    BadExercise,
    ExerciseEnded,
    ExerciseExists,
    NoSuchExercise,
)
from borderliaison.accounts.exercising import (
    NewExercise,
    end_exercise,
    enter_exercise,
    exercises_of,
    open_exercise,
    takes_part,
    widen_exercise,
)
from borderliaison.accounts.models import Account
from borderliaison.accounts.sessions import account_behind
from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.realm import LIVE, Realm
from borderliaison.offices.errors import UnknownOffice
from borderliaison.offices.services import load_network
from tests.accounts.people import officer, signed_in

pytestmark = pytest.mark.django_db
DOSTUK, OSH = OfficeCode("KG-DST"), OfficeCode("KG-OSH")
SEAL = Realm("seal-2026")


def new(**changes: object) -> NewExercise:
    values = {
        "name": "seal-2026",
        "until": datetime.now(UTC) + timedelta(hours=4),
        "offices": ("KG-DST",),
        "members": ("KG-BOR",),
    }
    return NewExercise(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def border() -> Account:
    load_network()
    return officer()


@pytest.fixture
def customs() -> Account:
    return officer("abdyrakhmanova", agency="KG-CUS", officer_id="KG-BDB/0001")


@pytest.fixture
def seal(border: Account, customs: Account) -> None:
    open_exercise(new(members=("KG-BOR", "KG-BDB/0001")))


def test_officers_are_members_by_agency_or_by_number(
    seal: None, border: Account, customs: Account
) -> None:
    other = officer("stranger", agency="KG-CUS")
    for account, known in ((border, True), (customs, True), (other, False)):
        assert bool(exercises_of(account)) is known
        answer = signed_in(account).post("/me/exercise/seal-2026")
        assert answer.status_code == (302 if known else 404)
        account.refresh_from_db()
        assert account.working_realm == (SEAL if known else LIVE)


def test_an_exercise_of_others_is_like_one_that_does_not_exist(seal: None) -> None:
    client = signed_in(officer("stranger", agency="KG-CUS"))
    theirs, none = (client.post(f"/me/exercise/{one}") for one in ("seal-2026", "zeal-2026"))
    assert theirs.status_code == none.status_code == 404
    words = theirs.content.decode()
    assert "seal" not in strip_tags(words).lower()
    assert "Seal" not in client.get("/me").content.decode()


def test_letters_go_to_and_come_from_the_offices_that_take_part_only(seal: None) -> None:
    assert takes_part(SEAL, DOSTUK)
    assert not takes_part(SEAL, OSH)
    assert not takes_part(Realm("zeal-2026"), DOSTUK)
    assert takes_part(LIVE, OSH)


def test_it_is_widened_and_ended_with_an_audit_line_each(seal: None) -> None:
    later = datetime.now(UTC) + timedelta(days=3)
    widened = widen_exercise("seal-2026", until=later, with_offices=["KG-OSH"], members=["KG-CUS"])
    assert widened.until == later
    assert widened.members == ["KG-BOR", "KG-BDB/0001", "KG-CUS"]
    assert takes_part(SEAL, OSH)
    end_exercise("seal-2026")
    assert not takes_part(SEAL, OSH)
    for again in (end_exercise, widen_exercise):
        with pytest.raises(ExerciseEnded):
            again("seal-2026")
    actions = AuditLine.objects.filter(action__startswith="exercise.").values_list(
        "action", "realm"
    )
    assert [*actions] == [
        ("exercise.opened", str(SEAL)),
        ("exercise.changed", str(SEAL)),
        ("exercise.ended", str(SEAL)),
    ]


def test_it_ends_by_itself(seal: None, border: Account) -> None:
    exercise = enter_exercise(border, "seal-2026")
    assert border.role_now == "liaison"
    exercise.until = datetime.now(UTC) - timedelta(seconds=1)
    exercise.save()
    assert not takes_part(SEAL, DOSTUK)
    assert border.role_now == "observer"


def test_after_its_end_it_is_read_and_nothing_is_written(seal: None, border: Account) -> None:
    client = signed_in(border)
    end_exercise("seal-2026")
    page = client.post("/me/exercise/seal-2026", follow=True).content.decode()
    assert "has ended: you can read it" in page
    assert 'data-realm="exercise"' in page
    assert "to be read only" in page
    assert client.get("/messages/").status_code == 200
    assert client.get("/new/").status_code == 404
    assert client.post("/new/lookout/").status_code == 404


def test_a_name_is_not_used_twice(seal: None) -> None:
    with pytest.raises(ExerciseExists):
        open_exercise(new())
    end_exercise("seal-2026")
    with pytest.raises(ExerciseExists):
        open_exercise(new())


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Seal"}, {"name": ""}, {"name": "x" * 41},
        {"offices": ()}, {"offices": ("KG-BDB",)},
        {"members": ()}, {"members": ("KG-MFA",)}, {"members": ("KG-BDB/9999",)},
        {"until": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)  # fmt: skip
def test_what_is_no_exercise_is_refused(border: Account, wrong: dict[str, object]) -> None:
    with pytest.raises(BadExercise):
        open_exercise(new(**wrong))
    assert exercises_of(border) == []


def test_an_unknown_office_is_refused(border: Account) -> None:
    with pytest.raises(UnknownOffice):
        open_exercise(
            new(
                offices=("KG-DST", "KG-ZZZ"),
            )
        )
    with pytest.raises(NoSuchExercise):
        widen_exercise("seal-2026")


def test_whoever_is_a_member_no_more_is_back_in_live_work(seal: None, border: Account) -> None:
    client = signed_in(border)
    client.post("/me/exercise/seal-2026")
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    assert account_behind(cookies) == border
    exercise = border.__class__.objects.get(pk=border.pk).exercise
    assert exercise is not None
    exercise.members = ["KG-CUS"]
    exercise.save()
    assert account_behind(cookies) is None, "the stream of the exercise ends"
    page = client.get("/me").content.decode()
    assert 'data-realm="live"' in page
    assert "the exercise is not yours" in page
    border.refresh_from_db()
    assert border.working_realm == LIVE
