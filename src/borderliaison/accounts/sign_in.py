"""Allauth's views as this system uses them. Those not in ``urls`` cannot be reached."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.views import LoginView, LogoutView, PasswordChangeView, ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from borderliaison.accounts.addresses import keys_work_at


class KeyContext:
    """Tells a page whether security keys work at the address by which it was asked for."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ``keys_work``."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"keys_work": keys_work_at(self.request)}


class SecondStep(KeyContext, mfa.AuthenticateView):  # type: ignore[misc]
    """The second step of signing in: the security key first, a code second."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the account has a key at all."""
        context = super().get_context_data(**kwargs)
        allowed = context["js_data"]["request_options"]["publicKey"].get("allowCredentials")
        return context | {"has_key": bool(allowed)}


class ShowKey(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The security key once more, before changing how one signs in."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say it here, and let the officer try again."""
        for message in form.errors.get("credential", []):
            get_account_adapter().add_message(self.request, messages.ERROR, message=message)
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))


class AddKey(KeyContext, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Adding a security key."""


class RemoveKey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Removing a security key, unless it is the only second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        key = self.get_object()
        if get_adapter().can_delete_authenticator(key):
            return super().form_valid(form)  # type: ignore[no-any-return]
        words = get_adapter().error_messages["cannot_delete_authenticator"]
        messages.error(self.request, str(words))
        return HttpResponseRedirect(self.get_success_url())


class NewPassword(PasswordChangeView):  # type: ignore[misc]
    """Choosing another password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the account is still on the password that was handed over."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"is_initial": self.request.user.password_is_initial}


class SignIn(LoginView):  # type: ignore[misc]
    """Login name and password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how long a sign-in lasts, for the note below."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"idle_min": settings.BLO_IDLE_SIGN_OUT_S // 60}


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
second_step = SecondStep.as_view()
show_password = ReauthenticateView.as_view()
show_code = mfa.reauthenticate
show_key = ShowKey.as_view()
new_password = NewPassword.as_view()
second_steps = mfa.index
add_app = totp.activate_totp
remove_app = totp.deactivate_totp
keys = webauthn.list_webauthn
add_key = AddKey.as_view()
remove_key = RemoveKey.as_view()
rename_key = webauthn.edit_webauthn
recovery_codes_shown = recovery_codes.view_recovery_codes
new_recovery_codes = recovery_codes.generate_recovery_codes
