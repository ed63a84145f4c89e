"""Writing reports through the pages: drafts are kept, errors stand at their field, numbers are gapless."""

import pytest

from borderliaison.correspondence.models import Item
from borderliaison.reports.models import Draft
from tests.accounts.people import signed_in
from tests.correspondence.cast import (
    begin_draft,
    head,
    liaison,
    local,
    lookout,
    network,
    send,
    sent_lookout,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def _saved(draft: Draft) -> Draft:
    return Draft.objects.as_system("test").get(pk=draft.pk)


def test_a_new_draft_begins_with_what_is_known() -> None:
    browser = signed_in(liaison())
    page = browser.get(f"/drafts/{begin_draft(browser).key}/").content.decode()
    assert "Bor-Dobo" in page
    assert "Will be able to read" in page


def test_what_was_typed_is_kept_however_wrong() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    typed = lookout(**{"window.until": "yesterday"})
    answer = browser.post(f"/drafts/{draft.key}/save/", {**typed, "revision": 0})
    assert answer.status_code == 200, answer.content
    assert answer.json()["revision"] == 1
    assert _saved(draft).values["window"]["until"] == "yesterday"
    assert 'value="yesterday"' in browser.get(f"/drafts/{draft.key}/").content.decode()


def test_a_late_save_from_another_window_is_refused() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    browser.post(f"/drafts/{draft.key}/save/", {**lookout(), "revision": 0})
    late = browser.post(f"/drafts/{draft.key}/save/", {**lookout(subject="x"), "revision": 0})
    assert late.status_code == 409
    assert late.json()["code"] == "E-REP-02"
    assert _saved(draft).values["subject"] == "Grey lorry with trailer"


def test_the_same_page_saves_on_while_a_second_page_is_refused() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    first = {**lookout(), "revision": 0, "page": "a" * 32}
    assert browser.post(f"/drafts/{draft.key}/save/", first).status_code == 200
    assert browser.post(f"/drafts/{draft.key}/save/", first).status_code == 200
    second = {**lookout(), "revision": 0, "page": "b" * 32}
    assert browser.post(f"/drafts/{draft.key}/save/", second).status_code == 409


def test_errors_stand_at_their_field_and_the_draft_is_kept() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    typed = lookout(expires=local(3), subject="")
    page = browser.post(f"/drafts/{draft.key}/", {**typed, "revision": 0, "send": "1"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "f-subject" in text
    assert "aria-invalid" in text
    assert _saved(draft).values["plate"] == "KG 01 7784 AD"
    assert not Item.objects.as_system("test").exists()


def test_errors_are_in_the_officers_language() -> None:
    account = liaison()
    account.language = "ru"
    account.save()
    browser = signed_in(account)
    draft = begin_draft(browser)
    page = browser.post(
        f"/drafts/{draft.key}/", {**lookout(subject=""), "revision": 0, "send": "1"}
    ).content.decode()
    assert "Укажите" in page or "укажите" in page or "Опишите" in page


def test_nobody_addressed_is_refused() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    typed = lookout(**{"cover.to": []})
    page = browser.post(f"/drafts/{draft.key}/", {**typed, "revision": 0, "send": "1"})
    assert page.status_code == 422
    assert b"Nobody is addressed" in page.content


def test_a_draft_is_its_officers_alone() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    assert signed_in(head()).get(f"/drafts/{draft.key}/").status_code == 404


def test_numbers_have_no_gaps_even_after_a_refusal() -> None:
    account = liaison()
    first = sent_lookout(account)
    browser = signed_in(account)
    draft = begin_draft(browser)
    browser.post(f"/drafts/{draft.key}/", {**lookout(subject=""), "revision": 0, "send": "1"})
    second = send(browser, _saved(draft), lookout())
    assert first.content["number"].endswith("-0001")
    assert second.content["number"].endswith("-0002")


def test_a_correction_keeps_the_number_and_shows_what_changed() -> None:
    account = liaison()
    first = sent_lookout(account)
    browser = signed_in(account)
    answer = browser.post(f"/begin/correct/{first.key}/")
    draft = Draft.objects.as_system("test").get(key=answer.url.strip("/").split("/")[-1])
    second = send(browser, draft, lookout(plate="KG 01 7785 AD"))
    assert second.content["number"] == first.content["number"]
    assert second.content["revision"] == 2
    assert second.corrects == first.key
    page = browser.get(f"/messages/{first.thread.key}/").content.decode()
    assert "7784" in page
    assert "7785" in page
    assert "Corrected below" in page


def test_readers_are_previewed_with_reasons_before_sending() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    typed = {**lookout(**{"cover.to": ["KG-OSH", "UZ-DUS"]}), "revision": 0}
    page = browser.post(f"/drafts/{draft.key}/readers/", typed).content.decode()
    assert "After a second officer authorises" in page
    assert "Dustlik" in page
    assert "Your reporting line" in page
    assert "Anyone in an exercise" in page


def test_an_unknown_field_is_named_and_nothing_is_sent() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    page = browser.post(
        f"/drafts/{draft.key}/", {**lookout(nationality="x"), "revision": 0, "send": "1"}
    )
    assert page.status_code == 422
    assert not Item.objects.as_system("test").exists()


def test_a_draft_is_thrown_away_only_when_asked() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    assert browser.get(f"/drafts/{draft.key}/discard/").status_code == 405
    assert browser.post(f"/drafts/{draft.key}/discard/").status_code == 302
    assert not Draft.objects.as_system("test").filter(pk=draft.pk).exists()


def test_a_named_audience_is_written_out_for_all_to_see() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    typed = {**lookout(), "revision": 0, "cover.audience": "CARICC"}
    answer = browser.post(f"/drafts/{draft.key}/", typed)
    assert answer.status_code == 302
    assert not Item.objects.as_system("test").exists()
    addressed = _saved(draft).cover["to"]
    assert {"ZZ-CAR:ZZ-CAR", "UZ-HDR:UZ-DRG", "KG-DST"} <= set(addressed)
    page = browser.get(f"/drafts/{draft.key}/").content.decode()
    assert "CARICC Almaty" in page


def test_a_correction_begun_twice_is_one_draft() -> None:
    account = liaison()
    first = sent_lookout(account)
    browser = signed_in(account)
    begun = {browser.post(f"/begin/correct/{first.key}/").url for _ in range(2)}
    assert len(begun) == 1


def test_two_corrections_of_one_state_never_both_go_out() -> None:
    account, other = liaison(), head()
    first = sent_lookout(account)
    windows = [signed_in(account), signed_in(other)]
    keys = [w.post(f"/begin/correct/{first.key}/").url.strip("/").split("/")[-1] for w in windows]
    drafts = [Draft.objects.as_system("test").get(key=key) for key in keys]
    second = send(windows[0], drafts[0], lookout(plate="KG 01 7785 AD"))
    late = {**lookout(plate="KG 01 7786 AD"), "revision": 0, "send": "1"}
    page = windows[1].post(f"/drafts/{drafts[1].key}/", late)
    assert page.status_code == 422
    assert b"E-REP-07" in page.content
    assert _saved(drafts[1]).values["plate"] == "KG 01 7786 AD"
    assert Item.objects.as_system("test").filter(corrects=first.key).count() == 1
    again = windows[1].post(f"/begin/correct/{first.key}/").url.strip("/").split("/")[-1]
    third = send(
        windows[1], Draft.objects.as_system("test").get(key=again), lookout(plate="KG 01 7786 AD")
    )
    assert (third.corrects, third.content["revision"]) == (second.key, 3)


def test_a_draft_whose_form_is_no_longer_here_takes_no_list_down() -> None:
    browser = signed_in(liaison())
    draft = begin_draft(browser)
    Draft.objects.as_system("test").filter(pk=draft.pk).update(version=99)
    page = browser.get("/new/")
    assert page.status_code == 200
    assert b"This form is no longer here" in page.content
    answer = browser.get(f"/drafts/{draft.key}/")
    assert answer.status_code == 409
    assert b"E-FRM-01" in answer.content
    assert browser.post(f"/drafts/{draft.key}/discard/").status_code == 302
