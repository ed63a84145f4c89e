"""The sentences for the reading policy's reasons, as officers read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from borderliaison.kernel.policy import Reason

WHY: dict[Reason, Promise] = {
    Reason.ADDRESSED: _("Addressed"),
    Reason.ORIGINATOR: _("The office that writes it"),
    Reason.OTHER_REALM: _("Live work and exercises are apart: this cannot be crossed"),
    Reason.CLEARANCE: _("Not admitted to this classification"),
    Reason.NOT_ADDRESSED: _("Not addressed"),
    Reason.OTHER_AGENCY: _("Same room, but the agency is not in the audience"),
}
