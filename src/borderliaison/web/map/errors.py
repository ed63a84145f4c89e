"""What can be wrong with what an administrator adds to the map."""

from borderliaison.kernel.errors import LiaisonError


class MapError(LiaisonError):
    """The map cannot be changed so."""

    code = "E-MAP-00"


class NotProvinces(MapError):
    """The file holds no provinces: a GeoJSON collection of areas in degrees (WGS84) is expected."""

    code = "E-MAP-01"


class TooLargeForMap(MapError):
    """The file is too large for the map; simplify its lines first."""

    code = "E-MAP-02"


class NotTiles(MapError):
    """The file is not a PMTiles archive (version 3) of pictures or of vector tiles."""

    code = "E-MAP-03"


class NothingToWithdraw(MapError):
    """The map has no such layer."""

    code = "E-MAP-04"
