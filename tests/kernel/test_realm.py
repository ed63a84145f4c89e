"""Live work and exercises."""

import pytest

from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.realm import LIVE, Realm


@pytest.mark.parametrize("realm", [LIVE, Realm("seal-2026")])
def test_a_realm_is_read_as_it_was_written(realm: Realm) -> None:
    assert Realm.parse(str(realm)) == realm


@pytest.mark.parametrize(
    "text", ["", "LIVE", "exercise", "exercise:", "exercise:Seal", "exercise:seal\n", "live\n"]
)
def test_any_other_text_is_not_a_realm(text: str) -> None:
    with pytest.raises(MalformedData):
        Realm.parse(text)
