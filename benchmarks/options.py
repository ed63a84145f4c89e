"""What somebody who measures may choose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The choices; a measurement takes those that concern it.

    Attributes:
        rounds: how often everything is repeated; 0 leaves it to the measurement.
        minutes: how long the node's memory is watched under load.
        entities: how many the network of the records has; there are five lines for each.
    """

    rounds: int = 0
    minutes: float = 0.5
    entities: int = 1_000_000
