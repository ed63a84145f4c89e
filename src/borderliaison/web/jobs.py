"""How the node's own jobs ended: a port, plugged by the composition root."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class JobStanding:
    """One job.

    Attributes:
        name: as it stands in the logs.
        ended: when it ran last; None where it never did.
        ok: whether it did what it is for.
        due: when it runs next.
    """

    name: str
    ended: datetime | None
    ok: bool
    due: datetime

    @property
    def label(self) -> str:
        """What it does, in the reader's language; its name where it is another package's."""
        known = {
            "backup": _("Daily backup"),
            "prune-backups": _("Removing old backups"),
            "prune-upgrades": _("Removing what upgrades left"),
            "mail-notices": _("E-mail that something waits"),
            "sweep-files": _("Removing files that nothing names"),
            "clear-sessions": _("Removing sessions that ended"),
        }
        return known.get(self.name, self.name)


Jobs = Callable[[], Sequence[JobStanding]]


def _none() -> Sequence[JobStanding]:
    return ()


_jobs: Jobs = _none


def register_jobs(jobs: Jobs) -> None:
    """Say who knows how the jobs ended."""
    global _jobs  # noqa: PLW0603 - the composition root says it once, at start
    _jobs = jobs


def jobs() -> Sequence[JobStanding]:
    """Return how the jobs ended, by name."""
    return _jobs()
