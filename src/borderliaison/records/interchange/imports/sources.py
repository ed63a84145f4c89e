"""Where the imported sets stand that records come from: what each is called, and its address."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from borderliaison.kernel.policy import Reader
from borderliaison.records.interchange.models import ImportSet
from borderliaison.records.models import Source
from borderliaison.records.shown.sources import Page, register_pages


def register() -> None:
    """Let records lead to the sets that say what they hold."""
    register_pages(Source.Kind.IMPORT, pages_of)


def pages_of(reader: Reader, keys: Collection[str], lang: str) -> Mapping[str, Page]:
    """Return where those sets stand that this reader may read, by the sources' keys."""
    sets = ImportSet.objects.readable_by(reader).filter(parts__source__key__in=keys)
    with override(lang):
        word, listed = _("Set"), reverse("records:in")
    return {
        source: Page(f"{word}: {title}", f"{listed}#set-{key}")
        for source, key, title in sets.values_list("parts__source__key", "key", "title")
    }
