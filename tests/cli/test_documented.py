"""The reference pages say what the code says: no command, setting or event is undocumented."""

import pytest

from tools.docs import REFERENCE, broken_links, pages


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_reference_page_is_what_the_code_says(name: str) -> None:
    written = (REFERENCE / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run `make docs`"


def test_no_page_links_to_what_is_not_there() -> None:
    assert broken_links() == []
