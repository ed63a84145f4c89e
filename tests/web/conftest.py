"""The exchange's own fixtures, for pages and figures that show where it stands."""

from tests.exchange.conftest import applied, our_keys, place

__all__ = ["applied", "our_keys", "place"]
