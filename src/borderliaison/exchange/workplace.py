"""What every step of the worker needs: who we are, our keys, the registry, the time."""

from dataclasses import dataclass, field
from functools import cached_property, partial

from borderliaison.exchange.core.judge import Admission
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.ports import Directory
from borderliaison.exchange.registry import Registry
from borderliaison.kernel.clock import Clock, SystemClock
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic


@dataclass(frozen=True)
class Workplace:
    """One office's worker, without its input and output.

    Attributes:
        office: our own code.
        keys: our private keys; nothing outside the worker's process ever holds one of these.
        registry: handlers, listeners, the directory.
        clock: where the time comes from.
    """

    office: OfficeCode
    keys: OfficeKeys = field(repr=False)
    registry: Registry
    clock: Clock = field(default_factory=SystemClock)

    @property
    def directory(self) -> Directory:
        """The directory of offices."""
        return self.registry.directory

    @cached_property
    def public(self) -> OfficePublic:
        """Our own public keys."""
        return self.keys.public(self.office)

    def admission(self, sender: OfficeCode) -> Admission:
        """Return what this node admits from an office."""
        return Admission(
            keys=self.keys,
            may_receive=self.directory.may_exchange(sender).may_receive,
            knows_realm=partial(self.registry.knows_realm, office=sender),
            payload_types=frozenset(self.registry.handlers),
        )
