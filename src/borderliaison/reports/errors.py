"""What can go wrong with a draft or a report. The docstring is what the officer reads."""

from borderliaison.kernel.errors import LiaisonError


class ReportError(LiaisonError):
    """This could not be done with the report."""

    code = "E-REP-00"


class NewerSave(ReportError):
    """A newer state of this draft is saved already, from another window. Reload to see it."""

    code = "E-REP-02"


class NotReady(ReportError):
    """The report is not ready to be sent: some fields need your attention."""

    code = "E-REP-03"


class SourceGone(ReportError):
    """You can no longer read the report that this one passes on or corrects."""

    code = "E-REP-06"


class NotYours(ReportError):
    """Only the office that wrote a report corrects it."""

    code = "E-REP-04"


class AlreadyCorrected(ReportError):
    """This report was corrected meanwhile. Correct its newest state; what you typed here is kept."""

    code = "E-REP-07"


class WeekSent(ReportError):
    """The summary of this week was sent already. Correct it in its thread."""

    code = "E-REP-08"


class NotNil(ReportError):
    """There are reports of this week, so it is no nil return. Fill in the summary."""

    code = "E-REP-09"


class LeavesOut(ReportError):
    """Some of what you filled in would be left out. See below what, and send again."""

    code = "E-REP-11"


class NotToThatCountry(ReportError):
    """This is never told to a country that it names. Take its offices out of the addressees."""

    code = "E-REP-12"


class NotAWeek(ReportError):
    """There is no such week, or it is not over yet."""

    code = "E-REP-10"


class NotCap(ReportError):
    """This is no message of the Common Alerting Protocol 1.2, or it is too large."""

    code = "E-REP-13"


class NotAnAlertOfCap(ReportError):
    """This message cancels, confirms or says nothing. Only an alert or its update becomes a draft."""

    code = "E-REP-14"


class CapOfOtherRealm(ReportError):
    """Live messages belong into live work and exercise messages into an exercise; tests into neither."""

    code = "E-REP-15"


class NoCapWords(ReportError):
    """This report says nothing of urgency, severity, certainty and category, as a CAP message must."""

    code = "E-REP-16"


class NoSuchReport(ReportError):
    """There is no report of this number or key here."""

    code = "E-REP-17"
