"""The addresses of the offices' pages."""

from django.urls import path, register_converter

from borderliaison.offices.codes import is_code
from borderliaison.offices.correcting import views as correcting
from borderliaison.offices.shown import views

app_name = "offices"


class CodeConverter:
    """An office's code in an address; anything else is no page."""

    regex = "[A-Z]{2}-[A-Z]{3}"

    def to_python(self, value: str) -> str:
        """Return the code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code as it stands in an address.

        Raises:
            ValueError: it is no code.
        """
        if not is_code(value):
            raise ValueError(value)
        return value


register_converter(CodeConverter, "office_code")

urlpatterns = [
    path("offices/", views.offices, name="list"),
    path("offices/<office_code:code>/", views.office, name="detail"),
    path("offices/<office_code:code>/pdf/", views.office_pdf, name="pdf"),
    path("offices/<office_code:code>/correct/", correcting.correct, name="correct"),
    path(
        "offices/<office_code:code>/correct/<slug:what>/",
        correcting.correct_one,
        name="correct_one",
    ),
    path("offices/<office_code:code>/undo/", correcting.undo_one, name="undo"),
]
