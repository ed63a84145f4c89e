"""Refuse models that no migration has caught up with: ``python -m tools.migrations``."""

import os
import secrets
import tempfile
from pathlib import Path


def main() -> None:
    """Run ``makemigrations --check`` in a node made for it."""
    with tempfile.TemporaryDirectory(prefix="blo-check-") as name:
        directory = Path(name)
        (directory / "keys").mkdir()
        (directory / "keys" / "web.secret").write_text(secrets.token_urlsafe(64), encoding="ascii")
        (directory / "node.toml").write_text('office = "KG-BDB"\n', encoding="utf-8")
        os.environ["BLO_NODE"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "borderliaison.node.settings"
        import django  # noqa: PLC0415  # the settings are read on import
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("makemigrations", check=True, dry_run=True)


if __name__ == "__main__":
    main()
