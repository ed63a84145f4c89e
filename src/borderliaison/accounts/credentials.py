"""What a browser sends back from a security key, read strictly before anything looks into it."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from django import forms
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

MAX_LENGTH = 32 * 1024

Response = type[AuthenticationResponse] | type[RegistrationResponse]


class CredentialField(forms.JSONField):
    """A key's answer as JSON; what is not one is refused like a wrong one.

    Args:
        of: what kind of answer.
    """

    def __init__(self, of: Response) -> None:
        super().__init__(required=True, widget=forms.HiddenInput)
        self._kind = of

    def clean(self, value: Any) -> Any:
        """Return the answer as plain data.

        Raises:
            ValidationError: it is not one.
        """
        if len(str(value)) > MAX_LENGTH:
            raise get_adapter().validation_error("incorrect_code")
        data = super().clean(value)
        try:
            self._kind.from_dict(data)
        except (TypeError, ValueError, KeyError, AttributeError, IndexError, struct.error) as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return data
