"""``blo metrics``: the figures are opened by a token that its owner alone may read, and closed again."""

from pathlib import Path

import pytest

from borderliaison.cli import Exit, run
from borderliaison.web.metrics_access import Access, access


@pytest.fixture
def node(tmp_path: Path) -> Path:
    (tmp_path / "keys").mkdir()
    (tmp_path / "node.toml").write_text('office = "KG-BDB"\n', encoding="utf-8")
    return tmp_path


def shown(token: bytes) -> list[tuple[bytes, bytes]]:
    return [(b"authorization", b"Bearer " + token.strip())]


def test_the_figures_are_opened_and_closed(node: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["metrics", "open", "--node", str(node)]) == Exit.DONE
    path = Path(capsys.readouterr().out.strip())
    assert path.stat().st_mode & 0o777 == 0o600
    assert access(node, shown(path.read_bytes())) is Access.ALLOWED
    assert run(["metrics", "close", "--node", str(node)]) == Exit.DONE
    assert access(node, shown(b"x")) is Access.CLOSED


def test_a_token_in_use_is_made_anew_only_when_that_is_asked_for(
    node: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["metrics", "open", "--node", str(node)])
    path = Path(capsys.readouterr().out.strip())
    before = path.read_bytes()
    assert run(["metrics", "open", "--node", str(node)]) == Exit.FAILED
    assert "E-MET-01" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run(["metrics", "open", "--renew", "--node", str(node)]) == Exit.DONE
    assert access(node, shown(before)) is Access.REFUSED


def test_where_there_is_no_node_nothing_is_made(tmp_path: Path) -> None:
    assert run(["metrics", "open", "--node", str(tmp_path)]) == Exit.FAILED
    assert list(tmp_path.iterdir()) == []
