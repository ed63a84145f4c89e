"""What an officer reads of an error."""

from django.utils.translation import gettext as _

from borderliaison.kernel.errors import LiaisonError


def sentence(error: LiaisonError) -> str:
    """Return what an officer reads of an error: its class's first paragraph, translated."""
    return _(error.sentence())
