"""``python -m borderliaison.node.demo.year NODE OFFICE...``: bring the past year into a demo node."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from borderliaison.node.start import start_django


def main(directory: str, *offices: str) -> None:
    """Load the year before today."""
    node = start_django(Path(directory))
    from borderliaison.node.demo.year.loading import load_year  # noqa: PLC0415  # wants Django

    load_year(node, offices, datetime.now(UTC))


if __name__ == "__main__":
    main(*sys.argv[1:])
