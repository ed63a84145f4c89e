"""Things with a place: their own, or that of the crossing point where they were."""

from collections.abc import Iterator
from dataclasses import dataclass

from borderliaison.records.interchange.formats.flat import BETWEEN
from borderliaison.records.interchange.items import Item, Outgoing, caption_of
from borderliaison.records.placing import AT, Spot, spot_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing on the map.

    Attributes:
        item: the thing.
        longitude: degrees east, WGS 84.
        latitude: degrees north.
    """

    item: Item
    longitude: float
    latitude: float

    def values(self) -> dict[str, str]:
        """Return what is said of it by column: key, kind, label, each property but references."""
        said = {"key": self.item.key, "kind": self.item.schema, "label": caption_of(self.item)}
        properties = self.item.kind.properties
        for name in dict.fromkeys(one.prop for one in self.item.told):
            if properties[name].type.name != "entity":
                said.setdefault(name, BETWEEN.join(self.item.values(name)))
        return said


def placed(outgoing: Outgoing) -> Iterator[Placed]:
    """Yield every thing that has a place."""
    known = {
        item.key: found
        for item in outgoing.things()
        if (found := spot_of(item.schema, item.values)) is not None
    }
    for item in outgoing.things():
        found = known.get(item.key) or _of_another(item, known)
        if found is not None:
            yield Placed(item, found.longitude, found.latitude)


def _of_another(item: Item, known: dict[str, Spot]) -> Spot | None:
    where = (known.get(key) for name in AT for key in item.values(name))
    return next((one for one in where if one is not None), None)
