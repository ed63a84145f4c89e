"""The exchange's directory port, plugged with the signed directory of ``offices``."""

from collections.abc import Iterable

from borderliaison.exchange.ports import DirectoryAge, Standing
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, OfficeSigners
from borderliaison.offices.services import counterparts_of, reporting_line, this_office
from borderliaison.offices.trust.keys import SignedDirectory


class ExchangeDirectory:
    """The signed directory in the exchange's own words."""

    def __init__(self) -> None:
        self._signed = SignedDirectory()

    def public_of(self, office: OfficeCode) -> OfficePublic | None:
        """Return the office's public keys; None where they are not known."""
        return self._signed.public_of(office)

    def signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        """Return the keys whose signatures count as the office's."""
        return self._signed.signers_of(office)

    def past_signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        """Return every key that ever signed for the office."""
        return self._signed.past_signers_of(office)

    def signs_with(self, office: OfficeCode) -> bytes | None:
        """Return the id of the key with which the office signs now."""
        return self._signed.signs_with(office)

    def may_exchange(self, office: OfficeCode) -> Standing:
        """Say whether this office may exchange letters with ``office``."""
        return Standing(self._signed.may_exchange(office).reason.standing)

    def age(self) -> DirectoryAge:
        """Say whether a newer directory was held here before."""
        return DirectoryAge(self._signed.age().value)

    def note_held(self) -> None:
        """Note outside the database which directories are held."""
        self._signed.note_held()

    def watched(self) -> Iterable[OfficeCode]:
        """Return the offices whose link is watched from the start: reporting line, counterparts."""
        own = this_office()
        near = dict.fromkeys((*reporting_line(own), *counterparts_of(own)))
        return [office for office in near if self.public_of(office) is not None]
