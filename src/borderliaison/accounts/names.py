"""Login names: what one looks like, and the one form in which it is kept and compared."""

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LOGIN_NAME: Final = re.compile(r"^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$")
MAX_LOGIN_NAME: Final = 40


def fold_login(text: str) -> str:
    """Return the form in which login names are kept and compared.

    Args:
        text: as an officer typed it, in any case and Unicode form.
    """
    return unicodedata.normalize("NFKC", text).strip().casefold()


def check_login(text: str) -> None:
    """Refuse what is not a login name.

    Latin letters only: Cyrillic а and Latin a look alike, and two officers must not be mistaken.

    Raises:
        ValidationError: it is not one; says what is expected.
    """
    if len(text) > MAX_LOGIN_NAME or not LOGIN_NAME.match(text):
        raise ValidationError(
            _(
                "Use Latin letters, digits, dots and hyphens, at most %(most)d; begin with a letter."
            ),
            code="login_name",
            params={"most": MAX_LOGIN_NAME},
        )
