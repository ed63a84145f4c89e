"""What is shipped runs where nothing else is: the wheel, in an empty environment, without a compiler."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1500),
    pytest.mark.once,  # the demo is on SQLite
]
ROOT = Path(__file__).resolve().parents[2]
OWN = ("BLO_", "PYTHON", "VIRTUAL_ENV", "DJANGO_", "UV_PROJECT")
UNREACHABLE = ("connection", "network", "temporary failure", "timed out", "dns", "resolve host")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short path: the demo's sockets live below it."""
    made = Path(tempfile.mkdtemp(prefix="blo-w-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Run a command as somebody who has nothing of this project; return what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    done = subprocess.run(
        list(map(str, command)), check=False, capture_output=True, text=True, cwd=cwd,
        env={**environment, "CC": "false", "CXX": "false"},
    )  # fmt: skip
    said = f"{done.stdout}\n{done.stderr}"
    if (
        done.returncode
        and "CI" not in os.environ
        and any(one in said.lower() for one in UNREACHABLE)
    ):
        pytest.skip("the package registry is out of reach")
    assert done.returncode == 0, said[-4000:]
    return done.stdout


def uv() -> str:
    """Return the build tool, as ``make`` finds it."""
    found = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    if not Path(found).exists() and "CI" not in os.environ:
        pytest.skip("uv is not here; `make setup` brings it")
    return found


def test_the_wheel_plays_the_first_warning_in_an_empty_environment(folder: Path) -> None:
    run(uv(), "build", "--wheel", "--out-dir", folder / "dist", ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "venv")
    pip = (folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet")
    # compiling what is never loaded takes longer than all the rest of installing it
    run(*pip, "--no-compile", "--only-binary", ":all:", f"{wheel}[demo]")

    blo = folder / "venv" / "bin" / "blo"
    where = "import borderliaison; print(borderliaison.__file__)"
    assert str(folder) in run(folder / "venv" / "bin" / "python", "-c", where, cwd=folder)
    played = json.loads(run(blo, "demo", "--check", "--json", cwd=folder))["steps"]
    assert played
    assert all(step["ok"] for step in played), played

    # what is measured stays with the source
    measuring = [blo, "bench", "exchange"]
    refused = subprocess.run(measuring, check=False, capture_output=True, text=True, cwd=folder)
    assert refused.returncode == 1
    assert "source tree" in refused.stderr
