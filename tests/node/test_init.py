"""``blo node init``: everything a node needs, for its owner's eyes alone, and never over something."""

import json
import tomllib
from pathlib import Path

import pytest

from borderliaison.offices.directory.enrolment import read_request
from tests.node.nodes import authority, blo, init, own_database, workshop


@pytest.mark.timeout(180)
def test_a_node_is_made_and_shows_what_it_is() -> None:
    with workshop() as folder, own_database() as url:
        key = authority(folder / "kg")
        made = init(folder / "n", "KG-BDB", key, "--port", "8499", "--database-url", url)
        directory = Path(made["directory"])
        assert tomllib.loads((directory / "node.toml").read_text())["office"] == "KG-BDB"
        for path in (directory, *(directory / "keys").iterdir(), directory / "run"):
            assert path.stat().st_mode & 0o077 == 0, path
        assert (directory / "node.toml").stat().st_mode & 0o077 == 0
        request = read_request(Path(made["request"]).read_bytes())
        assert request.fingerprint == made["fingerprint"]
        assert "KG-BOR" in request.agencies
        shown = json.loads(blo("node", "show", "--node", directory, "--json"))
        assert shown["keys"] == made["fingerprint"]
        assert shown["migrations waiting"] == 0
        assert shown["database"] == ("sqlite" if url == "sqlite" else "postgresql")
        assert made["authority_fingerprint"] in shown["authority"]


def test_a_node_is_never_made_over_something() -> None:
    with workshop() as folder:
        key = authority(folder / "kg")
        (folder / "n").mkdir()
        (folder / "n" / "mine.txt").write_text("kept")
        said = blo(
            "node", "init", folder / "n", "--office", "KG-BDB", "--authority-key", key, "--yes",
            expect=1,
        )  # fmt: skip
        assert "E-INI-01" in said
        assert [path.name for path in (folder / "n").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("office", "country", "told"),
    [("KG-XXX", "KG", "KG-XXX"), ("UZ-DUS", "KG", "UZ-DUS")],
)
def test_what_fails_leaves_nothing_half_made(office: str, country: str, told: str) -> None:
    with workshop() as folder:
        key = authority(folder / "a", country)
        said = blo(
            "node", "init", folder / "n", "--office", office, "--authority-key", key, "--yes",
            expect=1,
        )  # fmt: skip
        assert told in said
        assert [path.name for path in folder.iterdir()] == ["a"]


def test_an_authority_that_nobody_compared_is_not_believed() -> None:
    with workshop() as folder:
        key = authority(folder / "a")
        told = ("node", "init", folder / "n", "--office", "KG-BDB", "--authority-key", key)
        blo(*told, expect=1, stdin=-3)
        said = blo(*told, "--fingerprint", "00000 00000", expect=1)
        assert "E-" in said
        assert not (folder / "n").exists()


def test_a_path_that_is_too_long_for_sockets_is_refused_at_once() -> None:
    with workshop() as folder:
        key = authority(folder / "a")
        deep = folder / ("d" * 90)
        said = blo(
            "node", "init", deep, "--office", "KG-BDB", "--authority-key", key, "--yes", expect=1
        )
        assert "shorter path" in said
