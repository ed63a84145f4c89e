"""The addresses of signing in and of the officer's own page.

The names without ``accounts_`` are allauth's, which it looks up itself. What is not listed here does
not exist: there is no sign-up, no e-mail, no reset by the officer himself.
"""

from django.urls import path

from borderliaison.accounts import sign_in, token_views, views
from borderliaison.accounts.notices import views as notices
from borderliaison.accounts.saved_views import views as saved_views

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-in/second-step", sign_in.second_step, name="mfa_authenticate"),
    path("sign-out", sign_in.sign_out, name="account_logout"),
    path("me", views.me, name="accounts_me"),
    path("me/begin", views.begin, name="accounts_begin"),
    path("me/form-language", views.set_form_language, name="accounts_form_language"),
    path("me/single-letters", views.set_single_letters, name="accounts_single_letters"),
    path("me/exercise/<slug:name>", views.enter_exercise, name="accounts_enter_exercise"),
    path("me/live", views.leave_exercise, name="accounts_leave_exercise"),
    path("me/tokens", token_views.show_tokens, name="accounts_tokens"),
    path("me/tokens/new", token_views.new_token, name="accounts_new_token"),
    path("me/tokens/<slug:key>/revoke", token_views.revoke_token, name="accounts_revoke_token"),
    path("me/notices", notices.notices, name="accounts_notices"),
    path("me/notices/mail", notices.ask, name="accounts_ask_mail"),
    path("me/notices/mail/confirm", notices.confirm, name="accounts_confirm_mail"),
    path("me/notices/mail/forget", notices.forget, name="accounts_forget_mail"),
    path("me/views", saved_views.show_views, name="accounts_views"),
    path("me/views/keep", saved_views.save, name="accounts_save_view"),
    path("me/views/<slug:key>/move", saved_views.move, name="accounts_move_view"),
    path("me/views/<slug:key>/remove", saved_views.remove, name="accounts_remove_view"),
    path("me/views/<slug:key>/restore", saved_views.restore, name="accounts_restore_view"),
    path("me/password", sign_in.new_password, name="account_change_password"),
    path("me/confirm/password", sign_in.show_password, name="account_reauthenticate"),
    path("me/confirm/code", sign_in.show_code, name="mfa_reauthenticate"),
    path("me/confirm/key", sign_in.show_key, name="mfa_reauthenticate_webauthn"),
    path("me/second-step", sign_in.second_steps, name="mfa_index"),
    path("me/second-step/app/add", sign_in.add_app, name="mfa_activate_totp"),
    path("me/second-step/app/remove", sign_in.remove_app, name="mfa_deactivate_totp"),
    path("me/second-step/keys", sign_in.keys, name="mfa_list_webauthn"),
    path("me/second-step/keys/add", sign_in.add_key, name="mfa_add_webauthn"),
    path("me/second-step/keys/<int:pk>/remove", sign_in.remove_key, name="mfa_remove_webauthn"),
    path("me/second-step/keys/<int:pk>/name", sign_in.rename_key, name="mfa_edit_webauthn"),
    path("me/second-step/codes", sign_in.recovery_codes_shown, name="mfa_view_recovery_codes"),
    path(
        "me/second-step/codes/new",
        sign_in.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
