"""What came before a key was revoked stays, and is marked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Item
from borderliaison.offices.directory.listed import Revocation, RevocationReason
from borderliaison.offices.trust.importing import import_directory
from borderliaison.offices.trust.pinning import pin_authority, pin_path
from tests.accounts.people import signed_in
from tests.correspondence.cast import liaison, network
from tests.correspondence.letters import message
from tests.offices.authorities import KG, office_public

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pinned(node_directory: Path) -> Iterator[None]:
    network()
    pin_authority(KG.key_file, node_directory, "KG-BDB")
    yield
    pin_path(node_directory).unlink(missing_ok=True)


def test_a_message_that_came_before_its_key_was_revoked_stays_and_is_marked() -> None:
    kg = KG.publish()
    import_directory(kg.last)
    letter = message()
    receive_item(letter)
    item = Item.objects.as_system("test").get()
    client = signed_in(liaison())
    page = f"/messages/{item.thread.key}/"
    assert b"data-doubt" not in client.get(page).content

    keys = office_public(letter.issuer)
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(days=900)
    gone = Revocation(keys.office, keys.sign_key, since, RevocationReason.STOLEN)
    left = tuple(one for one in KG.offices if one.public.office != letter.issuer)
    import_directory(replace(kg, offices=left, revoked=(gone,)).publish().last)
    shown = client.get(page).content.decode()
    assert "data-doubt" in shown
    assert "somebody else" in shown
    assert Item.objects.as_system("test").filter(pk=item.pk).exists()
