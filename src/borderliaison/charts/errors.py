"""What can go wrong with charts. The docstring is what the officer reads."""

from borderliaison.kernel.errors import LiaisonError


class ChartError(LiaisonError):
    """This could not be done with the chart."""

    code = "E-CHT-00"


class NoSuchChart(ChartError):
    """There is no such chart."""

    code = "E-CHT-01"


class BadContent(ChartError):
    """The chart could not be read as this page sent it. Nothing was changed; load the page again."""

    code = "E-CHT-02"


class NameMissing(ChartError):
    """Give the chart a name of one line, at most 80 characters."""

    code = "E-CHT-03"


class SavedSince(ChartError):
    """The chart was saved in another window since you opened it. Save yours as a new chart."""

    code = "E-CHT-04"


class TooLarge(ChartError):
    """A chart holds at most 50,000 items. Take some away first."""

    code = "E-CHT-05"


class BadRequest(ChartError):
    """The page asked for something that is no question to a chart. Load the page again."""

    code = "E-CHT-06"
