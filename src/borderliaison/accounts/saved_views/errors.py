"""What can go wrong when a view is kept. The docstring is what the officer reads."""

from borderliaison.kernel.errors import LiaisonError


class SavedViewError(LiaisonError):
    """This view could not be kept."""

    code = "E-VIEW-00"


class NotSavable(SavedViewError):
    """This address leads to no page whose view can be kept. Save it from the page itself."""

    code = "E-VIEW-01"


class NameMissing(SavedViewError):
    """Give the view a name of one line, at most 60 characters."""

    code = "E-VIEW-02"


class TooManyViews(SavedViewError):
    """You keep as many views as one may. Remove one first."""

    code = "E-VIEW-03"


class NoSuchView(SavedViewError):
    """There is no such view."""

    code = "E-VIEW-04"
