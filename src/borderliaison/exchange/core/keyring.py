"""The keyring: every generation of one office's keys, and the one that is in use.

What was wrapped to an earlier generation still opens, so that nothing on its way is lost when the keys
change. Which generation is in use, the signed directory says; see ``exchange.switching``.
"""

from collections.abc import Callable, Sequence
from typing import Self

from borderliaison.exchange.core.errors import WrongKey
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic


class Keyring:
    """One office's keys, oldest generation first."""

    def __init__(self, office: OfficeCode, generations: Sequence[OfficeKeys]) -> None:
        """Hold these generations; the first one is in use until ``use`` is called."""
        self.office = office
        self.read_again: Callable[[], Self | None] = lambda: None
        """Reads what is stored, if it has changed. Asked before any key is said not to be here: others
        may seal to new keys before we have heard that the directory lists them."""
        self._generations = tuple(generations)
        self._publics = tuple(keys.public(office) for keys in self._generations)
        self._in_use = 0

    def __repr__(self) -> str:
        """Show whose keys they are and how many, nothing else."""
        return f"Keyring({self.office}, {len(self._generations)} generations)"

    @property
    def generations(self) -> tuple[OfficeKeys, ...]:
        """All private keys, oldest first."""
        return self._generations

    @property
    def publics(self) -> tuple[OfficePublic, ...]:
        """The public halves, oldest first."""
        return self._publics

    @property
    def keys(self) -> OfficeKeys:
        """The private keys in use."""
        return self._generations[self._in_use]

    @property
    def public(self) -> OfficePublic:
        """The public half of the keys in use."""
        return self._publics[self._in_use]

    def holds(self, kid: bytes) -> bool:
        """Whether the keys whose signing key has this id are here."""
        if any(public.kid == kid for public in self._publics):
            return True
        return self._refreshed() and any(public.kid == kid for public in self._publics)

    def use(self, kid: bytes) -> bool:
        """Use the keys whose signing key has this id; return whether others were in use before.

        Raises:
            WrongKey: they are not here.
        """
        for number, public in enumerate(self._publics):
            if public.kid == kid:
                changed, self._in_use = number != self._in_use, number
                return changed
        raise WrongKey(f"signing key {kid.hex()}")

    def opener(self, seal_kid: bytes) -> OfficeKeys:
        """Return the keys whose sealing key has this id.

        Raises:
            WrongKey: they are not here.
        """
        keys = self._by_seal_kid(seal_kid)
        if keys is None and self._refreshed():
            keys = self._by_seal_kid(seal_kid)
        if keys is None:
            raise WrongKey(f"wrapped to key {seal_kid.hex()}")
        return keys

    def _by_seal_kid(self, seal_kid: bytes) -> OfficeKeys | None:
        for keys, public in zip(self._generations, self._publics, strict=True):
            if public.seal_kid == seal_kid:
                return keys
        return None

    def _refreshed(self) -> bool:
        """Hold what is stored now; return whether that is something else. What is in use stays so."""
        stored = self.read_again()
        if stored is None:
            return False
        kid = self.public.kid
        self._generations, self._publics = stored.generations, stored.publics
        self.use(kid)
        return True

    def with_new(self, keys: OfficeKeys) -> Self:
        """Return the keyring with one more generation, the same one in use."""
        more = type(self)(self.office, (*self._generations, keys))
        more._in_use = self._in_use
        return more
