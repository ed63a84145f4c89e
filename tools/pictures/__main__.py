"""``python -m tools.pictures``: take pictures of every page."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
from playwright.sync_api import sync_playwright

from tools.pictures.stage import READY, Facts

READY_S: Final = 900
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")


@click.command
@click.option("--out", type=click.Path(path_type=Path), help="Where the pictures go.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="A stage to keep and reuse.")
@click.option("--only", default="", help="Only scenes whose name holds one of these, by commas.")
@click.option("--modes", default="", help="Only these modes, by commas.")
@click.option("--live-only", is_flag=True, help="Without the exercise.")
@click.option("--stay", is_flag=True, help="Leave the stage running, to be used again by --dir.")
def main(  # one option each
    out: Path | None, folder: Path | None, only: str, modes: str, live_only: bool, stay: bool
) -> None:
    """Take pictures of every page in every mode."""
    out = (out or Path(tempfile.mkdtemp(prefix="blo-pictures-"))).absolute()
    out.mkdir(parents=True, exist_ok=True)
    with _stage(folder, stay) as facts:
        _prepare_django(facts)
        # Wants the settings of a node.
        from tools.pictures.shooting import Wanted, shoot  # noqa: PLC0415

        wanted = Wanted(out, _parts(only), _parts(modes), not live_only)
        with sync_playwright() as playwright:
            sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
            program = next((p for one in CHROMIUM if (p := shutil.which(one))), None)
            browser = playwright.chromium.launch(executable_path=program, args=sandbox)
            began = time.monotonic()
            told = shoot(browser, facts, wanted)
            browser.close()
    for line in told:
        click.echo(line, err=True)
    click.echo(f"{out}: {time.monotonic() - began:.0f} s", err=True)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


@contextmanager
def _stage(folder: Path | None, stay: bool) -> Iterator[Facts]:
    """Use the stage that stands, serve the one that was kept, or set one up."""
    place = (folder or Path(tempfile.mkdtemp(prefix="blo-stage-"))).absolute()
    if (place / READY).exists():
        yield Facts.read(place)
        return
    click.echo("Setting the stage; anew it takes about a minute ...", err=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f"{place.name}.log").open("wb") as log:
        command = [sys.executable, "-m", "tools.pictures.stage", str(place)]
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(process, place)
        yield Facts.read(place)
    finally:
        if stay and (place / READY).exists() and process.poll() is None:
            click.echo(f"The stage stays: --dir {place}; kill {process.pid} ends it", err=True)
        else:
            process.terminate()
            process.wait(60)
        if folder is None and not stay:
            shutil.rmtree(place, ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], place: Path) -> None:
    give_up = time.monotonic() + READY_S
    while not (place / READY).exists():
        if process.poll() is not None or time.monotonic() > give_up:
            raise click.ClickException(f"the stage did not stand; see {place}.log")
        time.sleep(0.5)


def _prepare_django(facts: Facts) -> None:
    import django  # noqa: PLC0415

    os.environ["BLO_NODE"] = str(Path(facts.folder) / "KG-DST")
    os.environ["DJANGO_SETTINGS_MODULE"] = "borderliaison.node.settings"
    django.setup()


if __name__ == "__main__":
    main()
