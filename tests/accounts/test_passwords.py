"""Passwords that the system makes, and how they are kept."""

import re

from borderliaison.accounts.passwords import ALPHABET, make_password_to_hand_over


def test_a_password_to_hand_over_is_long_and_nobody_misreads_it() -> None:
    made = {make_password_to_hand_over() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(rf"([{ALPHABET}]{{5}}-){{3}}[{ALPHABET}]{{5}}", one) for one in made)
    assert not set("0o1li") & set(ALPHABET)
