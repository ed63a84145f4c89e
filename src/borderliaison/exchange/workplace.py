"""What every step of the worker needs: who we are, our keys, the registry, the time."""

from dataclasses import dataclass, field
from functools import partial

from borderliaison.exchange.core.judge import Admission
from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.incoming.opened import OpenedLetters
from borderliaison.exchange.ports import Directory
from borderliaison.exchange.recovery.high_water import HighWater
from borderliaison.exchange.registry import Registry
from borderliaison.kernel.clock import Clock, SystemClock
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, OfficeSigners


@dataclass(frozen=True)
class Workplace:
    """One office's worker, without its input and output.

    Attributes:
        office: our own code.
        ring: our private keys; nothing outside the worker's process ever holds one of these.
        registry: handlers, listeners, the directory.
        high_water: how far our streams may be known outside this machine.
        clock: where the time comes from.
        opened: letters that were judged and are not applied yet.
    """

    office: OfficeCode
    ring: Keyring = field(repr=False)
    registry: Registry
    high_water: HighWater = field(repr=False)
    clock: Clock = field(default_factory=SystemClock)
    opened: OpenedLetters = field(default_factory=OpenedLetters, repr=False)

    @property
    def directory(self) -> Directory:
        """The directory of offices."""
        return self.registry.directory

    @property
    def keys(self) -> OfficeKeys:
        """Our private keys in use. They change in the ledger's thread, between two pieces of work."""
        return self.ring.keys

    @property
    def public(self) -> OfficePublic:
        """Our own public keys in use."""
        return self.ring.public

    @property
    def own_signers(self) -> OfficeSigners:
        """The keys whose signatures count as ours: to know again what we have signed before."""
        listed = self.directory.signers_of(self.office)
        return listed or OfficeSigners(self.office, tuple(x.sign_key for x in self.ring.publics))

    def admission(self, sender: OfficeCode) -> Admission:
        """Return what this node admits from an office."""
        return Admission(
            keys=self.ring,
            may_receive=self.directory.may_exchange(sender).may_receive,
            knows_realm=partial(self.registry.knows_realm, office=sender),
            payload_types=frozenset(self.registry.handlers),
        )
