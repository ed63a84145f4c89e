"""Plates that were said before they counted without a country are written down once, by the upgrade."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from borderliaison.records.graph.network import network
from borderliaison.records.models import Identity
from tests.records.cast import BORDER, drafted, say

pytestmark = pytest.mark.django_db
_WHY = "a test looks at everything"


def test_the_upgrade_writes_down_each_plate_once() -> None:
    for name in "ab":
        say(name, drafted(name, "Vehicle", registrationNumber="01KG742ABC"))
    kept = Identity.objects.as_system(_WHY)
    now = sorted(kept.values_list("entity", "key"))
    assert {key for _, key in now} == {"bare_plate 01KG742ABC"}
    kept.filter(entity=now[0][0]).delete()
    upgrade = import_module("borderliaison.records.migrations.0013_bare_plates")
    then = MigrationLoader(connection).project_state(("records", "0012_uncompared")).apps
    for _ in range(2):
        upgrade._identify(then, None)  # as the migration does
        assert sorted(kept.values_list("entity", "key")) == now
    assert len(set(network(BORDER).nodes([pk for pk, _ in now]).values())) == 1
