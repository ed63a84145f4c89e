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


class PurposeMissing(ChartError):
    """The purpose that you gave holds no longer. Say again for what you look; the chart stays as it is."""

    code = "E-CHT-07"


class MayNotLeave(ChartError):
    """What is selected now may not be taken away: ask the office that reported it first (H2)."""

    code = "E-CHT-08"

    def __init__(self, keys: list[str]) -> None:
        """Name the items."""
        super().__init__(str(len(keys)))
        self.keys = keys


class BadPicture(ChartError):
    """The picture of the chart did not come whole. Try again; of thousands of items, hide some first."""

    code = "E-CHT-09"


class TooMuch(ChartError):
    """The chart with its snapshots and notes is larger than 32 MB. Take snapshots away first."""

    code = "E-CHT-10"


class TooManyMerged(ChartError):
    """A chart keeps words of at most 200 versions of others. Nothing was merged; begin a new chart."""

    code = "E-CHT-11"


class TooMuchForPaper(ChartError):
    """A PDF lists at most 5,000 items. Hide some first; what is hidden does not go along."""

    code = "E-CHT-12"


class TooMuchForFile(ChartError):
    """One file holds at most 5,000 items. Hide some first; what is hidden does not go along."""

    code = "E-CHT-13"


class MergedGone(ChartError):
    """A chart whose words came into this one is shared no longer, or removed. Undo to before, then save."""

    code = "E-CHT-14"


class TooManyToConnect(ChartError):
    """What connects is looked for among at most 20 items. Select fewer."""

    code = "E-CHT-15"
