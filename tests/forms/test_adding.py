"""An office's own versions of forms: examined before they are added, and never changed afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from borderliaison.forms import adding, store
from borderliaison.forms.catalogue import load_catalogue
from borderliaison.forms.errors import BadFile, NotAdded, UnknownForm
from borderliaison.forms.foreign import nearest_form
from borderliaison.forms.load import known_forms, load_form
from tests.forms.own_forms import lookout, own_folder, written

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
OWN = """
form: dog_check
version: 1000
label: {en: Check with a dog, ru: Проверка с собакой}
about: {en: After each round with the dog, ru: После каждого обхода с собакой}
parts:
  - name: first
    label: {en: Round, ru: Обход}
    fields:
      - {name: dog, type: text, max_length: 40, label: {en: Dog, ru: Собака}}
"""


@pytest.fixture(autouse=True)
def node(tmp_path: Path) -> Iterator[Path]:
    with own_folder(tmp_path) as folder:
        yield folder


def test_a_new_version_is_offered_at_once_and_the_old_ones_stay(node):
    shipped = load_form("lookout").version
    addition = adding.examine(lookout(node))
    assert addition.changes == ("+ convoy (text)",)
    adding.add(addition, NOW)
    assert load_form("lookout").version == 1000
    assert load_form("lookout").field("convoy").label.text("en") == "Convoy"
    assert load_form("lookout", shipped).version == shipped
    assert known_forms()["lookout"][-2:] == (shipped, 1000)


def test_what_is_withdrawn_is_not_begun_any_more_but_still_read(node):
    shipped = load_form("lookout").version
    adding.add(adding.examine(lookout(node)), NOW)
    adding.withdraw("lookout", 1000)
    assert load_form("lookout").version == shipped
    assert load_form("lookout", 1000).field("convoy")
    assert nearest_form("lookout", 1000) == load_form("lookout", 1000)
    with pytest.raises(NotAdded):
        adding.withdraw("lookout", 1001)


def test_a_form_of_its_own_stands_in_the_catalogue_in_a_group_of_its_own(node):
    groups = len(load_catalogue().groups)
    adding.add(adding.examine(written(node, "dog_check.v1000.yaml", OWN)), NOW)
    assert len(load_catalogue().groups) == groups + 1
    (entry,) = load_catalogue().groups[-1].forms
    assert (entry.form, entry.about.text("ru")) == ("dog_check", "После каждого обхода с собакой")
    adding.withdraw("dog_check", 1000)
    assert len(load_catalogue().groups) == groups


def test_a_form_says_by_country_how_long_it_is_kept_and_by_which_act(node):
    kept = "retention:\n  KG: {days: 1825, after: closed, source: Order 7 of an invented office}\nparts:"
    adding.add(
        adding.examine(written(node, "dog_check.v1000.yaml", OWN.replace("parts:", kept))), NOW
    )
    assert load_form("dog_check").retention["KG"].days == 1825
    assert not any(load_form(name).retention for name in store.shipped("data"))
    without = kept.replace(", source: Order 7 of an invented office", "")
    with pytest.raises(BadFile, match="source"):
        adding.examine(
            written(
                node,
                "dog_check.v1001.yaml",
                OWN.replace("parts:", without).replace("version: 1000", "version: 1001"),
            )
        )


def test_a_form_may_use_a_list_that_was_added_before_it(node):
    listed = (
        "list: dog\nversion: 1000\nlabel: {en: Dogs, ru: Собаки}\n"
        "codes:\n  rex: {label: {en: Rex, ru: Рекс}}\n"
    )
    form = written(
        node,
        "dog_check.v1000.yaml",
        OWN.replace("type: text, max_length: 40", "type: code, codes: dog.v1000"),
    )
    with pytest.raises(BadFile, match="no 'dog' in version 1000"):
        adding.examine(form)
    adding.add(adding.examine(written(node, "dog.v1000.yaml", listed)), NOW)
    adding.add(adding.examine(form), NOW)
    codes = load_form("dog_check").field("dog").codes
    assert codes
    assert codes.text("rex", "ru") == "Рекс"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("dog_check.v7.yaml", "version: 1000", "version: 7", "own version is 1000 or more"),
        ("dog_check.v1000.yaml", "about:", "icon: dog\nhint:", "unknown key"),
        ("dog_check.v1000.yaml", "type: text", "type: txt", "is not one of"),
        ("dog_check.v1001.yaml", "", "", "form and version differ from the file's name"),
        ("dog_check.v1000.yaml", "form: dog_check", "dog: check", "no key form, list, factors"),
        ("dog_check.v1000.yaml", "parts:", "parts: [", "expected"),
    ],
)
def test_a_file_that_cannot_be_added_is_refused_with_its_lines(node, name, old, new, said):
    with pytest.raises(BadFile) as refused:
        adding.examine(written(node, name, OWN.replace(old, new, 1) if old else OWN))
    assert said in str(refused.value)
    assert name in str(refused.value)


def test_a_form_of_its_own_must_say_when_to_choose_it(node):
    text = "\n".join(line for line in OWN.splitlines() if not line.startswith("about"))
    with pytest.raises(BadFile, match="the key 'about'"):
        adding.examine(written(node, "dog_check.v1000.yaml", text))


def test_a_new_version_keeps_what_every_version_has(node):
    field = "- name: grounds\n        type: long_text"
    gone = lookout(node, change=(field, "- name: reasons\n        type: long_text"))
    with pytest.raises(BadFile, match="the field 'grounds' is missing"):
        adding.examine(gone)
    other = lookout(node, change=(field, "- name: grounds\n        type: text"))
    other.write_text(other.read_text("utf-8").replace("        rows: 4\n", ""), "utf-8")
    with pytest.raises(BadFile, match="was of type 'long_text' and stays so"):
        adding.examine(other)


def test_phrases_mean_the_same_in_the_whole_network(node):
    text = "list: phrases\nversion: 1000\nlabel: {en: P, ru: Ф}\ncodes:\n  '041': {label: {en: a, ru: а}}\n"
    with pytest.raises(BadFile, match="the same in the whole network"):
        adding.examine(written(node, "phrases.v1000.yaml", text))


def test_a_version_that_was_added_never_changes(node):
    path = lookout(node)
    adding.add(adding.examine(path), NOW)
    adding.add(adding.examine(path), NOW)
    with pytest.raises(BadFile, match="added already"):
        adding.examine(lookout(node, change=("{en: Lookout", "{en: Look out")))


def test_a_file_that_was_changed_in_the_folder_is_as_if_it_were_not_there(node):
    adding.add(adding.examine(lookout(node)), NOW)
    (node / "forms/data/lookout.v1000.yaml").write_text("form: lookout\n", encoding="utf-8")
    with pytest.raises(UnknownForm):
        store.read_file("data", "lookout", 1000)


def test_without_a_node_nothing_can_be_added(node):
    addition = adding.examine(lookout(node))
    store.keep_own_in(None)
    with pytest.raises(NotAdded):
        adding.add(addition, NOW)
