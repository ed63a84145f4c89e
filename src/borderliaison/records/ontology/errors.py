"""What can be wrong with the ontology's data."""

from borderliaison.kernel.errors import LiaisonError


class BadOntology(LiaisonError):
    """The kinds of records of this system cannot be read."""

    code = "E-REC-01"


class UnknownSchema(LiaisonError):
    """There is no such kind of record."""

    code = "E-REC-02"
