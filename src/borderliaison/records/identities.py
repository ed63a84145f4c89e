"""The numbers by which a thing is itself, so that whoever names the number means that thing. Pure."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from borderliaison.forms.identifiers.schemes import SCHEMES, compared_number
from borderliaison.records.ontology.schema import Identity, Schema
from borderliaison.records.values import key_of

MAX_IDENTITY: Final = 250
"""Of an identity, in characters; a longer one joins nothing."""
_TELLING: Final = re.compile(r"(?=.*[1-9])\w{4,}")
"""What a number without a scheme must be: an officer writes "none" and "0000", too."""
_WHOLE: Final = re.compile(r"(?=.*\d)(?=.*[A-Z])\w{6,}")
"""What a number must be that counts although nobody says what gave it out."""


def identities_of(kind: Schema, said: Collection[tuple[str, str]]) -> Iterator[str]:
    """Yield what a thing is itself by: ``plate kg 01KG742ABC``.

    Args:
        kind: its schema.
        said: each property with a value that is said of it, as it is kept.
    """
    for one in kind.identities:
        within = [_keys(kind, said, name) for name in one.within]
        if any(len(keys) != 1 for keys in within) or any(prop in one.without for prop, _ in said):
            continue
        for number in dict.fromkeys(_numbers(one, said)):
            found = " ".join([one.name, *(key for keys in within for key in keys), number])
            if len(found) <= MAX_IDENTITY:
                yield found


def _numbers(identity: Identity, said: Collection[tuple[str, str]]) -> Iterator[str]:
    scheme = SCHEMES.get(identity.scheme)
    for prop, value in said:
        if prop != identity.number:
            continue
        number = scheme.cleaned(value) if scheme is not None else compared_number(value)
        if scheme is not None:
            is_right = scheme.fits(number) and not scheme.digit_wanted(number)
        else:
            is_right = bool((_WHOLE if identity.without else _TELLING).fullmatch(number))
        if is_right:
            yield compared_number(number)


def _keys(kind: Schema, said: Collection[tuple[str, str]], name: str) -> set[str]:
    """Return the keys of what is said of a property; one of them may be written in several ways."""
    prop = kind.properties[name]
    return {key for one, value in said if one == name and (key := key_of(prop, value))}
