"""What can go wrong with a workspace. The docstring is what the officer reads."""

from borderliaison.kernel.errors import LiaisonError


class WorkspaceError(LiaisonError):
    """The workspace could not be taken in or out."""

    code = "E-WSP-00"


class BadWorkspace(WorkspaceError):
    """The file is no workspace, or says something that is not known here. Nothing was changed."""

    code = "E-WSP-01"


class NotForYou(WorkspaceError):
    """A chart in the file is of another realm, or you may not read it. Nothing was changed."""

    code = "E-WSP-02"
