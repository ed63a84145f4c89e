"""Run measurements: ``python -m benchmarks [NAME ...]``; ``blo bench NAME`` is the same."""

import json
import signal
import sys
from importlib import import_module
from typing import Any

from benchmarks.options import Options

NAMES = (
    "writers",
    "exchange",
    "web",
    "board",
    "records",
    "interchange",
    "finding",
    "matching",
    "chart",
)


def run(name: str, options: Options, *, as_json: bool) -> None:
    """Run one measurement and print its figures: JSON or a table on stdout, progress on stderr.

    Who asks it to end lets it end what it started, and take away its folder.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    module = import_module(f"benchmarks.{name}")
    result: dict[str, Any] = module.measure(options, _say)
    print(json.dumps(result, indent=2) if as_json else f"{name}\n{module.as_table(result)}\n")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Run the measurements that are named, or all."""
    for name in sys.argv[1:] or NAMES:
        run(name, Options(), as_json=False)


if __name__ == "__main__":
    main()
