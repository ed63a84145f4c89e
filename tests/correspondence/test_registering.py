"""Numbers of the registers: gapless for each agency, way, year and realm, and never given again."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.correspondence.acting import MESSAGE
from borderliaison.correspondence.arrivals import returning
from borderliaison.correspondence.arrivals.items import read_items, receive_item
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.payloads import ItemPayload
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.registers.entering import enter, name_of
from borderliaison.correspondence.registers.models import Register, RegisteredItem, RegisterEntry
from borderliaison.correspondence.registers.numbers import RegisterName
from borderliaison.correspondence.sending import NewItem, say
from borderliaison.exchange.core.letter import Ref
from borderliaison.exchange.models import RecoveryRow, Why
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.kernel.ids import OfficeCode, new_id
from borderliaison.kernel.marking import Audience, Classification, Level, Marking
from borderliaison.kernel.realm import LIVE, Realm
from borderliaison.markings.services import intern
from tests.accounts.people import officer
from tests.correspondence.cast import ZONE, acting, head, liaison, network
from tests.correspondence.letters import MARKING, message, report
from tests.correspondence.test_returning import lose_everything, posted

YEAR = datetime.now(UTC).astimezone(ZONE).year


@pytest.fixture(autouse=True)
def _network(db: None) -> None:
    network()


def says(who: Acting, own: str = "*", corrects: str = "", thread: str = "") -> Item:
    """Let an officer send a message to Dostuk."""
    content = {"phrases": ["041"], "text": "Seen", "language": "en", "about": ""}
    marking = Marking(
        realm=who.reader.realm,
        classification=Classification(Level.OFFICIAL),
        audience=Audience.of(("KG-BDB", own), ("KG-DST", "*")),
        originator=who.author.office,
    )
    return say(who, NewItem(MESSAGE, "A message", content, marking, thread, corrects=corrects))


def comes(*agencies: str, realm: Realm = LIVE, key: bytes | None = None) -> ReceivedLetter:
    """Return a message from Dostuk to these agencies of Bor-Dobo."""
    lines = [("KG-BDB", one) for one in agencies] + [("KG-DST", "*")]
    marking = replace(MARKING, realm=realm, audience=Audience.of(*lines))
    thread = "live" if realm == LIVE else "exercise"
    return message(key=key or new_id(), marking=marking, refs=_thread(thread))


def _thread(name: str) -> tuple[Ref, ...]:
    return (Ref("thread", name.encode().ljust(16)),)


def numbers() -> dict[str, list[int]]:
    """Return the numbers of every register, in the order in which they were given."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = RegisterEntry.objects.as_system("test").select_related("register").order_by("id")
    for one in rows:
        found[str(name_of(one.register))].append(one.number)
    return dict(found)


def number_of(item: Item, agency: str = "KG-BOR") -> str:
    entries = RegisterEntry.objects.as_system("test").select_related("register")
    one = entries.get(states__item=item, agency=agency)
    return name_of(one.register).number(one.number)


def loses(since: datetime) -> None:
    RecoveryRow.objects.create(since=since, why=Why.RESTORED, ended_at=since)


def is_rolled_back(who: Acting) -> None:
    """Let something be said and come in a transaction that fails."""
    with transaction.atomic():
        says(who)
        receive_item(comes("*"))
        raise ZeroDivisionError


def test_a_number_says_office_agency_way_year_and_count() -> None:
    name = RegisterName("KG-DST", "KG-CUS", "in", 2026, LIVE)
    assert name.number(42) == "KG-DST-CUS/IN/2026/0042"
    assert replace(name, direction="out").number(12345) == "KG-DST-CUS/OUT/2026/12345"
    assert replace(name, realm=Realm("seal-2026")).number(1) == "EX-KG-DST-CUS/IN/2026/0001"
    assert (
        RegisterName("ZZ-CAR", "ZZ-CAR", "out", 2026, LIVE).number(1) == "ZZ-CAR-CAR/OUT/2026/0001"
    )


def test_what_an_agency_sends_is_entered_by_that_agency_alone() -> None:
    border, customs = acting(liaison()), acting(head())
    for who in (border, customs, border):
        says(who)
    assert numbers() == {f"KG-BDB-BOR/OUT/{YEAR}": [1, 2], f"KG-BDB-CUS/OUT/{YEAR}": [1]}


def test_what_comes_is_entered_by_each_agency_of_this_office_that_is_addressed() -> None:
    receive_item(comes("KG-BOR"))
    receive_item(comes("KG-BOR", "KG-CUS"))
    assert numbers() == {f"KG-BDB-BOR/IN/{YEAR}": [1, 2], f"KG-BDB-CUS/IN/{YEAR}": [1]}
    receive_item(comes("*"))
    assert {name: given[-1] for name, given in numbers().items()} == {
        f"KG-BDB-BOR/IN/{YEAR}": 3,
        f"KG-BDB-CUS/IN/{YEAR}": 2,
        f"KG-BDB-DRG/IN/{YEAR}": 1,
        f"KG-BDB-MIA/IN/{YEAR}": 1,
    }


def test_an_agency_that_does_not_work_here_keeps_no_register() -> None:
    receive_item(comes("KG-MFA"))
    assert numbers() == {}


def test_a_letter_that_comes_again_gets_no_second_number() -> None:
    letter = comes("KG-BOR", "KG-CUS")
    for _ in range(3):
        receive_item(letter)
    item = Item.objects.as_system("test").get()
    enter([item])
    assert numbers() == {f"KG-BDB-BOR/IN/{YEAR}": [1], f"KG-BDB-CUS/IN/{YEAR}": [1]}


def test_what_comes_together_is_entered_as_what_comes_one_by_one() -> None:
    first, second, again = comes("KG-BOR"), comes("KG-BOR", "KG-CUS"), comes("KG-CUS")
    read_items((first, second, first, again))()
    assert Item.objects.as_system("test").count() == 3
    assert numbers() == {f"KG-BDB-BOR/IN/{YEAR}": [1, 2], f"KG-BDB-CUS/IN/{YEAR}": [1, 2]}


def test_what_is_rolled_back_leaves_no_gap() -> None:
    border = acting(liaison())
    with pytest.raises(ZeroDivisionError):
        is_rolled_back(border)
    says(border)
    assert numbers() == {f"KG-BDB-BOR/OUT/{YEAR}": [1]}


def test_the_database_refuses_a_number_twice_and_a_document_twice() -> None:
    says(acting(liaison()))
    (one,) = RegisterEntry.objects.as_system("test")
    for changed in ({"document": "0" * 32}, {"number": 2}):
        twin = RegisterEntry.objects.as_system("test").get()
        twin.pk = None
        for name, value in changed.items():
            setattr(twin, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()
    assert Register.objects.get(pk=one.register_id).last == 1


def test_a_correction_stays_in_the_line_of_what_it_corrects() -> None:
    border = acting(liaison())
    first = says(border)
    second = says(border, corrects=first.key, thread=first.thread.key)
    third = says(border, corrects=second.key, thread=first.thread.key)
    assert number_of(first) == number_of(second) == number_of(third)
    assert numbers() == {f"KG-BDB-BOR/OUT/{YEAR}": [1]}
    assert number_of(says(border)) == f"KG-BDB-BOR/OUT/{YEAR}/0002"


def test_a_correction_that_comes_first_has_the_number_and_the_original_joins_it() -> None:
    before = report("request")
    item_key = _key(before)
    receive_item(report("request", corrects=item_key))
    receive_item(before)
    assert {tuple(given) for given in numbers().values()} == {(1,)}
    assert RegisteredItem.objects.filter(entry__agency="KG-BOR").count() == 2


def test_an_agency_that_only_the_correction_reaches_enters_the_correction() -> None:
    before = report("request")
    narrow = replace(before.marking, audience=Audience.of(("KG-BDB", "KG-BOR"), ("KG-DST", "*")))
    receive_item(replace(before, marking=narrow, marking_id=_intern(narrow)))
    receive_item(report("request", corrects=_key(before)))
    assert numbers() == {f"KG-BDB-{one}/IN/{YEAR}": [1] for one in ("BOR", "CUS", "DRG", "MIA")}


def test_another_offices_correction_is_no_part_of_the_line() -> None:
    before = report("request")
    receive_item(report("request", OfficeCode("UZ-DUS"), corrects=_key(before)))
    receive_item(before)
    assert numbers()[f"KG-BDB-BOR/IN/{YEAR}"] == [1, 2]


def test_an_exercise_has_registers_of_its_own() -> None:
    seal = Realm("seal-2026")
    player = officer("player", realm="exercise:seal-2026", officer_id="KG-BDB/0009")
    says(acting(player))
    receive_item(comes("KG-BOR", realm=seal))
    says(acting(liaison()))
    assert numbers() == {
        f"EX-KG-BDB-BOR/OUT/{YEAR}": [1],
        f"EX-KG-BDB-BOR/IN/{YEAR}": [1],
        f"KG-BDB-BOR/OUT/{YEAR}": [1],
    }


def test_each_year_of_the_offices_own_clock_begins_with_one() -> None:
    receive_item(comes("KG-BOR"))
    for year in (2031, 2032):
        last_evening = datetime(year, 12, 31, 17, 59, tzinfo=UTC)  # 23:59 at Bor-Dobo
        for later in (timedelta(), timedelta(minutes=2)):
            item = Item.objects.as_system("test").get()
            RegisterEntry.objects.as_system("test").all().delete()
            enter([item], last_evening + later)
    given = {str(name_of(one)): one.last for one in Register.objects.filter(year__gt=2030)}
    assert given == {f"KG-BDB-BOR/IN/{year}": 1 for year in (2031,)} | {
        "KG-BDB-BOR/IN/2032": 2,
        "KG-BDB-BOR/IN/2033": 1,
    }


def test_after_a_loss_a_new_volume_begins_so_that_no_number_is_given_again() -> None:
    border = acting(liaison())
    before = says(border)
    letters = posted()
    lose_everything()
    RegisterEntry.objects.as_system("test").delete()
    Register.objects.all().delete()
    now = datetime.now(UTC)
    loses(now)
    for _ in range(2):
        returning.item_returned(letters[0])
    (item,) = Item.objects.as_system("test")
    assert item.key == before.key
    (again,) = RegisterEntry.objects.as_system("test").select_related("register")
    assert again.register.volume.startswith("R")
    assert again.register.opened_at == now
    assert item.created_at < again.register.opened_at, "it may have had another number on paper"
    assert number_of(says(border)) == f"{name_of(again.register)}/0002"


def test_what_the_backup_held_keeps_its_number_when_it_comes_back() -> None:
    says(acting(liaison()))
    (letter, *_) = posted()
    before = numbers()
    loses(datetime.now(UTC))
    returning.item_returned(letter)
    lose_everything()
    returning.item_returned(letter)
    assert numbers() == before


def test_a_loss_of_an_earlier_year_begins_no_volume() -> None:
    loses(datetime.now(UTC) - timedelta(days=370))
    says(acting(liaison()))
    assert numbers() == {f"KG-BDB-BOR/OUT/{YEAR}": [1]}


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["sends", "receives", "receives again", "fails", "corrects"]),
        st.sampled_from(["border", "customs"]),
    ),
    max_size=12,
)


@given(DEEDS)
def test_however_sending_and_receiving_alternate_no_register_has_a_gap(
    deeds: list[tuple[str, str]],
) -> None:
    with transaction.atomic():
        people = {"border": acting(liaison()), "customs": acting(head())}
        agency = {"border": "KG-BOR", "customs": "KG-CUS"}
        letters: list[ReceivedLetter] = []
        sent: list[tuple[str, Item]] = []
        wanted: dict[str, int] = defaultdict(int)
        for deed, who in deeds:
            out, into = (f"KG-BDB-{agency[who][3:]}/{way}/{YEAR}" for way in ("OUT", "IN"))
            match deed:
                case "sends":
                    sent.append((who, says(people[who])))
                    wanted[out] += 1
                case "receives":
                    letters.append(comes(agency[who]))
                    receive_item(letters[-1])
                    wanted[into] += 1
                case "receives again" if letters:
                    receive_item(letters[len(letters) // 2])
                case "corrects" if sent:
                    writer, item = sent.pop()
                    thread = item.thread.key
                    sent.append((writer, says(people[writer], corrects=item.key, thread=thread)))
                case "fails":
                    with pytest.raises(ZeroDivisionError):
                        is_rolled_back(people[who])
        assert numbers() == {name: list(range(1, n + 1)) for name, n in wanted.items()}
        assert {str(name_of(one)): one.last for one in Register.objects.all()} == dict(wanted)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [False, True], ids=["a register begun at once", "one in use"])
def test_two_writers_at_once_are_given_numbers_without_a_gap(begun: bool) -> None:
    border, each = acting(liaison()), 6
    if begun:
        says(border)
        receive_item(comes("*"))

    def send() -> None:
        for _ in range(each):
            with transaction.atomic():
                says(border)
                receive_item(comes("*"))
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(send) for _ in range(2)]:
            one.result()
    total = 2 * each + begun
    ways = [
        f"KG-BDB-BOR/OUT/{YEAR}",
        *(f"KG-BDB-{x}/IN/{YEAR}" for x in ("BOR", "CUS", "DRG", "MIA")),
    ]
    assert numbers() == {way: list(range(1, total + 1)) for way in ways}


def _key(letter: ReceivedLetter) -> str:
    return ItemPayload.decode(letter.payload, letter.issuer).key


def _intern(marking: Marking) -> int:
    return intern(marking).pk
