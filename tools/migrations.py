"""Refuse models that no migration has caught up with: ``python -m tools.migrations``."""

import django
from django.core.management import call_command

from tools.throwaway import make_node


def main() -> None:
    """Run ``makemigrations --check``."""
    make_node()
    django.setup()
    call_command("makemigrations", check=True, dry_run=True)


if __name__ == "__main__":
    main()
