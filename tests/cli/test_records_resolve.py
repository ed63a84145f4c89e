"""``blo records resolve`` as an administrator types it."""

import json

import pytest

from borderliaison.cli import Exit, run
from borderliaison.records.models import Candidate, Clue
from borderliaison.records.resolution.judging import Judge, Why, judge
from borderliaison.records.resolution.models import Basis, Verdict
from tests.records.cast import BORDER, key, person

pytestmark = pytest.mark.django_db(transaction=True)


def test_reports_from_before_are_compared_and_what_was_judged_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    person("a", "Бек Аскаров", "1987-05-12")
    person("b", "ASKAROV BEK", "1987-05-12")
    for model in (Candidate, Clue):
        model.objects.as_system("as they were before reports were compared").delete()
    assert run(["records", "resolve", "--json"]) == Exit.DONE
    told = capsys.readouterr()
    said = json.loads(told.out)
    assert (said["compared"], said["kept"]) == (2, 0)
    assert said["not_learned"] == ["before", "by_birth", "by_name"]
    assert "do not show how many of them are one" in told.err
    assert Candidate.objects.as_system("test").count() == 1
    why = Why(Basis.PAPERS)
    judge(Judge(BORDER, "KG-BDB-07", writes=True), key("a"), key("b"), Verdict.SAME, why)
    assert run(["records", "resolve", "--measure"]) == Exit.DONE
    out = capsys.readouterr().out
    assert "from 90%: 1 of 1 judged were the same" in out
    assert out.splitlines()[-2].split() == ["90%", "1", "1", "1", "100%", "100%"]
    assert run(["records", "resolve", "--measure", "--json"]) == Exit.DONE
    cut = json.loads(capsys.readouterr().out)["thresholds"][0]
    assert cut == {
        "lowest": 0.1, "pairs": 1, "judged": 1, "same": 1, "precision": 1.0, "recall": 1.0
    }  # fmt: skip


def test_a_set_that_is_not_there_and_a_likelihood_that_is_none_are_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["records", "resolve", "--set", "6" * 32]) == Exit.FAILED
    assert "E-RIO-07" in capsys.readouterr().err
    assert run(["records", "resolve", "--from", "90"]) == Exit.USAGE
