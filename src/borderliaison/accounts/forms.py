"""What officers fill in about themselves."""

from typing import Any, ClassVar, Final, cast

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as one_time
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from borderliaison.accounts import totp
from borderliaison.accounts.credentials import CredentialField
from borderliaison.accounts.models import Account
from borderliaison.accounts.names import fold_login
from borderliaison.audit.services import SYSTEM, record

MAX_KEY_NAME: Final = 60


class SignInForm(LoginForm):  # type: ignore[misc]
    """Login name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Login name"), _("Password")
        login.widget = forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        )
        password.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        password.help_text = ""

    def clean_login(self) -> str:
        """Return the login name in its one form."""
        return fold_login(self.cleaned_data["login"])


class ShowPasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, where the account has no second factor yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = _("Password"), ""
        field.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The old password and, twice, a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "oldpassword": _("Password that you use now"),
            "password1": _("New password"),
            "password2": _("New password once more"),
        }
        for name, label in words.items():
            kind = "current-password" if name == "oldpassword" else "new-password"
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget = forms.PasswordInput(attrs={"autocomplete": kind})
        self.fields["password1"].help_text = _(
            "At least 12 characters. A few words in a row are easy to keep in mind."
        )

    def clean(self) -> Any:
        """Refuse the same password again."""
        cleaned = super().clean()
        new = self.cleaned_data.get("password1")
        if new and new == self.cleaned_data.get("oldpassword"):
            self.add_error("password1", _("Choose another password than the one you use now."))
        return cleaned

    def save(self) -> None:
        """Keep the new password; from here on it is the officer's own."""
        account = cast(Account, self.user)
        account.password_is_initial = False
        super().save()


_CODE_INPUT = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class _CodeForm(one_time.BaseAuthenticateForm):  # type: ignore[misc]
    """A one-time code from an app, or one of the recovery codes; each works once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app, or a recovery code")
        self.fields["code"].widget = forms.TextInput(attrs=_CODE_INPUT)

    def clean_code(self) -> str:
        """Accept a code that is right and was not used before."""
        allow_again = check_rate_limit(self.user)
        code = self.cleaned_data["code"]
        kept = list(
            Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN)
        )
        for one in sorted(kept, key=lambda one: one.type != Authenticator.Type.TOTP):
            if self._accepts(one, code):
                one.refresh_from_db()
                one.user = self.user
                self.authenticator = one
                allow_again()
                return str(code)
        for one in kept[:1]:
            self._emit_authentication_failed(one)
        raise get_adapter().validation_error("incorrect_code")

    @staticmethod
    def _accepts(authenticator: Authenticator, code: str) -> bool:
        if authenticator.type == Authenticator.Type.TOTP:
            return totp.accept_code(authenticator.pk, code)
        return bool(authenticator.wrap().validate_code(code))


class CodeForm(_CodeForm, one_time.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in, by code."""


class ShowCodeForm(_CodeForm, one_time.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before changing how one signs in."""


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows")
        self.fields["code"].widget = forms.TextInput(attrs=_CODE_INPUT)

    def clean_code(self) -> str:
        """Accept the code, and use its step up: it does not sign anybody in afterwards."""
        code = str(super().clean_code())
        context.request.totp_step = totp.step_of(self.secret, code)
        return code


class KeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in, by security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(AuthenticationResponse)

    def clean_credential(self) -> Authenticator:
        """Accept the answer of one of the account's own keys; note a refusal."""
        try:
            return super().clean_credential()
        except forms.ValidationError:
            who = self.user.officer_id
            record("account.second_factor_refused", actor=SYSTEM, subject=who, type="webauthn")
            raise


class ShowKeyForm(KeyForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The key once more, before changing how one signs in."""


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Another security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(required=False)
        self.fields["credential"] = CredentialField(RegistrationResponse)


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(required=True)


def _name_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Name of the key"),
        help_text=_("So that you can tell your keys apart: “on my key ring”."),
        max_length=MAX_KEY_NAME,
        required=required,
    )


class FormLanguageForm(forms.ModelForm):  # type: ignore[type-arg]
    """In which language forms speak."""

    class Meta:
        model = Account
        fields: ClassVar[list[str]] = ["form_language"]
        labels: ClassVar[dict[str, Any]] = {"form_language": _("Language of forms")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form_language"]
        field.widget = _OwnNames()
        field.choices = [("", _("As the pages")), *field.choices[1:]]  # type: ignore[attr-defined]


class _OwnNames(forms.Select):
    """Languages to choose from, each by its own name in its own letters."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = dict(super().create_option(name, value, *args, **kwargs))
        if value:
            option["attrs"] = {**option["attrs"], "lang": str(value)}
        return option


class KeysForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whether single letters act as keys."""

    class Meta:
        model = Account
        fields: ClassVar[list[str]] = ["single_letter_keys"]
