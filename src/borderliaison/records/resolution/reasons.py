"""Likenesses and differences in the officer's words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY: Final[dict[str, Promise]] = {
    "name_same_3": _("The same in three parts or more, in any script and order"),
    "name_same_2": _("The same in two parts, in any script and order"),
    "name_same_1": _("The same, in one part only"),
    "name_part": _("One has all parts of the other"),
    "name_like_3": _("Three parts or more, spelled nearly alike or with an initial"),
    "name_like": _("Spelled nearly alike, or with an initial"),
    "name_shares_2": _("Two parts are the same, others differ"),
    "name_shares": _("One part is the same, others differ"),
    "name_differs": _("No part is the same"),
    "born_same": _("The same day"),
    "born_swapped": _("Day and month the other way round"),
    "born_near": _("One digit apart"),
    "born_agrees": _("As far as it is known, the same"),
    "born_differs": _("Another date"),
    "sex_same": _("The same; so are half of all people"),
    "sex_differs": _("Another"),
    "country_same": _("The same"),
    "country_differs": _("Another"),
    "number_same": _("The same number"),
    "number_differs": _("Another number"),
    "document_same": _("The same document"),
    "phone_same": _("The same telephone"),
    "account_same": _("The same account"),
    "thing_same": _("The same vehicle or thing"),
    "email_same": _("The same address"),
}
