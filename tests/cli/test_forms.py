"""``blo forms``: which forms there are, in which version and languages."""

import json

import pytest

from borderliaison.cli import Exit, run
from borderliaison.forms.load import known_forms
from borderliaison.forms.words import LANGUAGES


def test_every_form_is_listed_once_in_its_newest_version_with_its_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["forms", "list", "--json"]) == Exit.DONE
    listed = json.loads(capsys.readouterr().out)
    newest = {name: versions[-1] for name, versions in known_forms().items()}
    assert {one["id"]: one["version"] for one in listed} == newest
    assert len(listed) == len(newest)
    languages = {one["id"]: one["languages"] for one in listed}
    assert all(set(one) == {"id", "version", "languages"} for one in listed)
    assert languages["referral"] == list(LANGUAGES)
    assert all(one[:2] == ["en", "ru"] for one in languages.values())


def test_a_person_reads_one_form_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "list"]) == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(known_forms())
    assert "referral\t1\ten ru kk ky tg tk uz\tReferral" in lines
