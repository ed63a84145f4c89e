"""``blo analysis network`` measures what a table says, and says what is wrong with one."""

import json
from pathlib import Path

import pytest

from borderliaison.cli import run


def _asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["analysis", "network", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_persons_between_the_others_come_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("who;whom\nБек;Аскар\nАскар;Чолпон\nЧолпон;Аскар\n", encoding="utf-8-sig")
    asked = (str(table), "--source", "who", "--target", "whom")
    code, out, _ = _asked(capsys, *asked, "--measure", "betweenness", "--json")
    assert code == 0
    assert json.loads(out) == {
        "nodes": [
            {"id": "Аскар", "value": 1.0}, {"id": "Бек", "value": 0.0}, {"id": "Чолпон", "value": 0.0},
        ]
    }  # fmt: skip
    assert _asked(capsys, *asked, "--measure", "degree")[1] == "Аскар\t2\nБек\t1\nЧолпон\t1\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from,to\na,b\n", "source is no column; there are from, to"),
        ("", "source is no column; there are none"),
        ("source,target\na,b\nc,\n", "line 3: target is empty"),
        ("source,target\na\n", "line 2: target is empty"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_place(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text(text, encoding="utf-8")
    code, out, err = _asked(capsys, str(table))
    assert (code, out) == (1, "")
    assert said in err


def test_a_table_in_another_encoding_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "calls.csv"
    table.write_bytes("source,target\nБек,Аскар\n".encode("cp1251"))
    code, _, err = _asked(capsys, str(table))
    assert code == 1
    assert "the file is not UTF-8" in err
