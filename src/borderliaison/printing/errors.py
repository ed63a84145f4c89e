"""What can go wrong on the way to paper. The docstring is what the officer reads."""

from borderliaison.kernel.errors import LiaisonError


class PrintingError(LiaisonError):
    """This could not be made into a PDF. Print it from the browser, and tell the administrator."""

    code = "E-PRI-00"


class TooMuchToPrint(PrintingError):
    """This is too much for one PDF. Choose less: one report, or fewer lines of the register."""

    code = "E-PRI-01"


class PrinterBusy(PrintingError):
    """This server is making other PDFs just now. Try again in a moment."""

    code = "E-PRI-02"
    retryable = True
