"""What can go wrong when records come in or go out."""

from borderliaison.kernel.errors import LiaisonError


class InterchangeError(LiaisonError):
    """Records could not be taken in or given out."""

    code = "E-RIO-00"


class UnknownFormat(InterchangeError):
    """Files of this kind are not known here."""

    code = "E-RIO-01"
    hint = "Save a table as CSV or XLSX, a chart as ANX, GraphML or GEXF."


class UnreadableFile(InterchangeError):
    """The file is not what its name says, or it is damaged."""

    code = "E-RIO-02"


class BinaryChart(InterchangeError):
    """A chart in i2's binary form cannot be read."""

    code = "E-RIO-03"
    hint = "Open it in Analyst's Notebook and save it as Analyst's Notebook XML (*.anx)."


class UnknownSpec(InterchangeError):
    """No import specification has this name, or reads these columns."""

    code = "E-RIO-04"


class BadSpec(InterchangeError):
    """The import specification does not fit."""

    code = "E-RIO-05"


class OneWay(InterchangeError):
    """Files of this kind are only read here, or only written."""

    code = "E-RIO-06"


class UnknownSet(InterchangeError):
    """There is no such set of imported records."""

    code = "E-RIO-07"


class NoPurpose(InterchangeError):
    """Say for what the records are taken out."""

    code = "E-RIO-08"


class NotYourTask(InterchangeError):
    """Your role reads records; it takes none in and none out."""

    code = "E-RIO-09"


class NothingSent(InterchangeError):
    """Choose a file, or paste a table."""

    code = "E-RIO-10"


class TooLarge(InterchangeError):
    """The file is larger than 30 MB. An administrator takes in larger ones on the server."""

    code = "E-RIO-11"


class NothingMapped(InterchangeError):
    """Choose of at least one column what it says, and a column for each thing that a link joins."""

    code = "E-RIO-12"


class HalfGraded(InterchangeError):
    """Grade both the source and the information, or neither."""

    code = "E-RIO-13"


class CutShort(InterchangeError):
    """The server was stopped while it took the file in. Take it in again: what is there stays."""

    code = "E-RIO-14"
    retryable = True


class AlreadyTaken(InterchangeError):
    """The file is being taken in, or was. Ask for it to see how far it is, or send it again."""

    code = "E-RIO-15"


class SetBusy(InterchangeError):
    """This set is being taken in or back just now. Wait until that has ended."""

    code = "E-RIO-16"
    retryable = True


class NoHeading(InterchangeError):
    """The first line names no columns, or two of them alike. Give each column a heading of its own."""

    code = "E-RIO-17"


class LargeWorkbook(InterchangeError):
    """Unpacked, it has over 128 MB, 32 MB of text, 1,000 columns or 5 million cells. Save it as CSV."""

    code = "E-RIO-18"


class HandlingUnsaid(InterchangeError):
    """H3 goes with what it asks for: write it, and leave it empty without H3."""

    code = "E-RIO-20"


class ChangedMeanwhile(InterchangeError):
    """Meanwhile something in the file was changed or taken out of the records. Begin again."""

    code = "E-RIO-21"
    retryable = True


class EmptyFile(InterchangeError):
    """There is nothing in the file."""

    code = "E-RIO-22"


class LetGo(InterchangeError):
    """The file was stopped before it was whole. Nothing of it is left, and nothing was taken out."""

    code = "E-RIO-19"
