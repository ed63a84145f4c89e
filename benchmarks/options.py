"""What somebody who measures may choose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The choices; a measurement takes those that concern it.

    Attributes:
        rounds: how often everything is repeated; 0 leaves it to the measurement.
        minutes: how long the node's memory is watched under load.
        entities: how many the network of the records has; there are five lines for each.
        data: a folder of public data that is no part of this system; `matching` wants it.
    """

    rounds: int = 0
    minutes: float = 0.5
    entities: int = 1_000_000
    data: str = ""
