"""What earlier versions left of imports that were cut off is mended once, by the upgrade."""

from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from borderliaison.records.models import Entity, Uncompared
from tests.records.interchange.cast import BEK, PHONE, taken

pytestmark = pytest.mark.django_db


def test_who_was_never_compared_waits_for_it_and_who_is_not_spoken_of_is_gone(
    tmp_path: Path,
) -> None:
    taken(tmp_path, BEK, PHONE)
    waiting = set(Uncompared.objects.values_list("entity", "of"))
    spoken_of = set(Entity.objects.values_list("pk", flat=True))
    assert waiting
    Uncompared.objects.all().delete()
    Entity.objects.create(key="0" * 32, schema="Person")
    upgrade = import_module("borderliaison.records.migrations.0015_compared_and_not_bare")
    then = MigrationLoader(connection).project_state(("records", "0014_readable")).apps
    for _ in range(2):
        upgrade._mend(then, None)  # as the migration does
        assert set(Uncompared.objects.values_list("entity", "of")) == waiting
        assert set(Entity.objects.values_list("pk", flat=True)) == spoken_of
