"""What can be wrong with a network that somebody brings."""

from borderliaison.kernel.errors import LiaisonError


class BadEdges(LiaisonError):
    """The table of lines cannot be read."""

    code = "E-REC-03"
