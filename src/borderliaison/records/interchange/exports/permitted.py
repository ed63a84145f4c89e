"""What one who may read a value may also take out of the network. Pure.

A file leaves the reach of every rule here, so it is a dissemination: what another office said under H2
needs that office's permission, and is withheld and counted.
"""

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Handling, Marking


def may_leave(marking: Marking, office: OfficeCode) -> bool:
    """Whether what carries a marking may go into a file of this office."""
    return Handling.H2 not in marking.handling.codes or marking.originator == office
