"""The catalogue: every form is offered once, or only answers another."""

import pytest

from borderliaison.forms.catalogue import load_catalogue, parse_catalogue
from borderliaison.forms.errors import BadFile
from borderliaison.forms.load import known_forms, load_form


def test_every_form_stands_in_the_catalogue_once_with_an_icon_and_a_line():
    catalogue = load_catalogue()
    for name in known_forms():
        entry = catalogue.entry(name)
        assert entry
        assert {"en", "ru"} <= set(entry.about.texts)
        assert load_form(name).icon
    assert catalogue.entry("later") is None


def test_a_form_that_is_left_out_named_twice_or_unknown_is_refused():
    text = """
groups:
  - label: {en: G, ru: Г}
    forms:
      - {form: one, about: {en: O, ru: О}}
      - {form: one, about: {en: O, ru: О}}
answers:
  - {form: none, about: {en: N, ru: Н}}
"""
    with pytest.raises(BadFile) as refused:
        parse_catalogue(text, "catalogue.yaml", frozenset({"one", "two"}))
    for said in ("'one' is here twice", "there is no form 'none'", "the form 'two' is missing"):
        assert said in str(refused.value)
