"""What can go wrong in the network's data and its directory. Officers read the docstrings."""

from borderliaison.kernel.errors import LiaisonError, MalformedData


class OfficesError(LiaisonError):
    """The network's data could not be used."""

    code = "E-OFF-00"


class UnknownOffice(OfficesError):
    """There is no such office in the network."""

    code = "E-OFF-01"


class AgencyNotInOffice(OfficesError):
    """The agency does not work in this office."""

    code = "E-OFF-02"


class BadNetworkData(OfficesError):
    """A data file of the network is wrong."""

    code = "E-OFF-03"


class UnknownOfficer(OfficesError):
    """There is no such officer."""

    code = "E-OFF-04"


class NothingToCorrect(OfficesError):
    """The network says so already; nothing was changed."""

    code = "E-OFF-05"


class SourceMissing(OfficesError):
    """Say where this is known from: who said it, or how it was measured."""

    code = "E-OFF-06"


class UnknownChange(OfficesError):
    """There is no such correction of this office."""

    code = "E-OFF-07"


class ChangedSince(OfficesError):
    """This was undone or corrected again since; correct it anew instead."""

    code = "E-OFF-08"


class NotAPlace(OfficesError):
    """Latitude, longitude and accuracy are no place on the map."""

    code = "E-OFF-09"


class SameOffice(OfficesError):
    """An office does not report to itself."""

    code = "E-OFF-10"


class NoCrossingPoint(OfficesError):
    """The office stands at no crossing point."""

    code = "E-OFF-11"


class NoSuchLine(OfficesError):
    """There is no such line to end."""

    code = "E-OFF-12"


class NotAcrossBorder(OfficesError):
    """Two offices of one country do not face each other across a border."""

    code = "E-OFF-13"


class BadSpelling(OfficesError):
    """The name is empty or too long, or it is not written so."""

    code = "E-OFF-14"


class UnknownLanguage(BadSpelling):
    """Choose the language in which the name is written so."""

    code = "E-OFF-17"


class StatusMissing(OfficesError):
    """Choose what it is from that day on."""

    code = "E-OFF-16"


class BadDay(OfficesError):
    """This is not a day; write it as 14.05.2026."""

    code = "E-OFF-15"


class MalformedDirectory(MalformedData):
    """The file is not a signed directory."""

    code = "E-DIR-01"


class DirectoryRefused(LiaisonError):
    """The directory was refused; the one held before still counts.

    Attributes:
        alarm: whether it proves that an authority, or whoever has its key, signed two histories.
    """

    code = "E-DIR-00"
    alarm = False


class UnknownSigner(DirectoryRefused):
    """The directory is signed by nobody whom our own authority recognises."""

    code = "E-DIR-02"


class WrongAuthority(DirectoryRefused):
    """The key that signed the directory belongs to another authority or country than it says."""

    code = "E-DIR-03"


class ForeignOffice(DirectoryRefused):
    """An authority signed an office or agency of another country."""

    code = "E-DIR-04"


class OlderDirectory(DirectoryRefused):
    """A newer directory of this authority is held already."""

    code = "E-DIR-05"


class ConflictingDirectory(DirectoryRefused):
    """The authority signed two different directories with the same number."""

    code = "E-DIR-06"
    alarm = True


class BrokenDirectoryChain(DirectoryRefused):
    """The directory does not continue the one that is held."""

    code = "E-DIR-07"
    alarm = True


class AnotherWasHeld(DirectoryRefused):
    """Another directory with the same number was held here before the database was put back."""

    code = "E-DIR-13"


class NoPinnedAuthority(LiaisonError):
    """This office server does not know its own authority yet."""

    code = "E-DIR-08"
    hint = "blo directory trust KEYFILE"


class AlreadyPinned(LiaisonError):
    """This office server already knows its own authority, and that is decided only once."""

    code = "E-DIR-09"


class OtherFingerprint(LiaisonError):
    """The fingerprint of the key is not the one that was expected."""

    code = "E-DIR-10"


class DirectoryBehind(LiaisonError):
    """This office server had a newer directory before its database was put back. Import the newest one."""

    code = "E-DIR-11"
    hint = "blo directory import FILE"


class DamagedNote(LiaisonError):
    """Which directories this office server had cannot be read any more. Import our authority's newest."""

    code = "E-DIR-12"
    hint = "blo directory import FILE"


class BadRequest(MalformedData):
    """The file is not an enrolment request, or whoever made it does not hold the key."""

    code = "E-ENR-01"


class NotCompared(LiaisonError):
    """Nobody compared the fingerprint of this key."""

    code = "E-AUT-04"
    hint = "compare it by telephone, then give it with --fingerprint, or say --yes"


class AuthorityError(LiaisonError):
    """The authority's desk could not do this."""

    code = "E-AUT-01"


class ClockBehind(LiaisonError):
    """The clock of this machine is behind what was signed already; set it right first."""

    code = "E-CLK-01"
