"""Records follow the reports: drawn once, drawn again where the rules changed, corrected with them."""

import pytest

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.forms.recorded import rules_digest
from borderliaison.records.models import Link, Source, Statement
from borderliaison.records.statements.writing import withdraw
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent
from borderliaison.reports.models import DrawnTo
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def _said(prop: str, who: Account) -> list[str]:
    found = Statement.objects.readable_by(who.reader()).filter(prop=prop)
    return sorted(found.values_list("value", flat=True))


def test_a_report_is_in_the_records_under_its_own_marking_and_once() -> None:
    writer = liaison()
    browser = signed_in(writer)
    item = send(browser, begin_draft(browser), lookout(plate="KG 01 7784 AD", names="Bek Askarov"))
    assert catch_up() == 1
    assert _said("registrationNumber", writer) == ["KG 01 7784 AD"]
    assert _said("name", writer) == sorted(["Bek Askarov", item.title])
    stranger = officer("stranger", office="UZ-DUS", agency="UZ-CUS", officer_id="UZ-DUS/0007")
    assert _said("registrationNumber", stranger) == []
    numbers = set(Statement.objects.as_system("test").values_list("pk", flat=True))
    assert catch_up() == 0
    DrawnTo.objects.update(item=0)
    assert catch_up() == 1
    assert set(Statement.objects.as_system("test").values_list("pk", flat=True)) == numbers


def test_changed_rules_draw_everything_again() -> None:
    browser = signed_in(liaison())
    send(browser, begin_draft(browser), lookout())
    catch_up()
    DrawnTo.objects.update(rules="of an earlier version")
    assert catch_up() == 1


def test_what_was_drawn_before_links_said_when_they_were_is_drawn_again() -> None:
    writer = liaison()
    browser = signed_in(writer)
    send(browser, begin_draft(browser), lookout())
    catch_up()
    Link.objects.as_system("as it was drawn before").update(since=None)
    Source.objects.update(digest="of what was said before")
    DrawnTo.objects.update(rules=rules_digest())
    assert catch_up() == 1
    drawn = Link.objects.as_system("test").filter(kind="Involvement")
    assert drawn.exists()
    assert not drawn.filter(since=None).exists()


@pytest.mark.parametrize("corrected_first", [True, False])
def test_a_correction_takes_the_place_of_what_it_corrects(corrected_first: bool) -> None:
    browser = signed_in(liaison())
    came = [
        send(browser, begin_draft(browser), lookout(plate=plate))
        for plate in ("KG 01 7784 AD", "KG 01 7785 AD")
    ]
    corrected, correction = came if corrected_first else came[::-1]
    Item.objects.as_system("test").filter(pk=correction.pk).update(corrects=corrected.key)
    assert catch_up() == 2
    plates = Statement.objects.as_system("test").filter(prop="registrationNumber")
    assert [one.value for one in plates] == [correction.content["values"]["plate"]]
    assert [one.key for one in Source.objects.all()] == [corrected.key]


def _result_of(item: Item) -> Item:
    """Let another office answer a lookout in its thread: it was found."""
    values = {"found": "found", "what": "28 blocks under the floor", "text_language": "en"}
    number = ReportContent.from_data(item.content).number
    content = ReportContent("lookout_result", 2, "KG-DST-2026-0009", values, source=number)
    return Item.objects.create(
        thread=item.thread, key="d" * 32, payload_type=PAYLOAD_TYPE, title="Found",
        content=content.to_data(), letter="e" * 32, office="KG-DST", agency="KG-BOR",
        officer="KG-DST/0002", author_name="B. Asanov", author_role="officer",
        created_at=item.created_at, marking=item.marking,
    )  # fmt: skip


def test_what_was_found_is_said_of_the_lookout_by_who_found_it_also_after_a_correction() -> None:
    browser = signed_in(liaison())
    first, second = (send(browser, begin_draft(browser), lookout()) for _ in range(2))
    result = _result_of(first)
    catch_up()
    said = Statement.objects.as_system("test")
    found = said.get(prop="found")
    event = said.get(prop="name", source__key=first.key, entity__schema="Lookout").entity
    assert (found.entity, found.source.key, found.source.office) == (event, result.key, "KG-DST")
    assert said.get(prop="outcome").value == "found"
    Item.objects.as_system("test").filter(pk=second.pk).update(
        corrects=first.key, content=first.content
    )
    DrawnTo.objects.update(item=0)
    catch_up()
    assert said.get(prop="found").entity == event


def test_what_is_withdrawn_takes_just_its_own_statements_along() -> None:
    browser = signed_in(liaison())
    item = send(browser, begin_draft(browser), lookout())
    result = _result_of(item)
    catch_up()
    said = Statement.objects.as_system("test")
    others = set(said.filter(source__key=item.key).values_list("pk", flat=True))
    assert said.filter(source__key=result.key).exists()
    assert withdraw(result.key)
    assert set(said.values_list("pk", flat=True)) == others


def test_a_report_that_cannot_be_read_any_more_leaves_nothing_and_takes_nothing_of_others() -> None:
    browser = signed_in(liaison())
    item = send(browser, begin_draft(browser), lookout())
    result = _result_of(item)
    catch_up()
    said = Statement.objects.as_system("test")
    others = set(said.filter(source__key=item.key).values_list("pk", flat=True))
    Item.objects.as_system("test").filter(pk=result.pk).update(content={"form": "none"})
    DrawnTo.objects.update(item=0)
    catch_up()
    assert set(said.values_list("pk", flat=True)) == others
