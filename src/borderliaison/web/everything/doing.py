"""Things to do: begin a form, change how the pages look and act, enter or leave an exercise, sign out."""

from django.urls import reverse
from django.utils.translation import gettext as _

from borderliaison.accounts.exercising import exercises_of
from borderliaison.accounts.models import Account
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.reports.forms_offered import forms_offered
from borderliaison.ui.parts.everything import Entry, EntryGroup
from borderliaison.ui.shell import Language, Theme


def forms(acting: Acting, lang: str) -> EntryGroup:
    """Return the forms with which the officer may begin."""
    entries = tuple(
        Entry(one.label, reverse("reports:begin", args=[one.form_id]), one.icon, one.about,
              posts=("", ""))
        for group in forms_offered(lang)
        for one in group.forms
        if acting.author.role in WRITING
    )  # fmt: skip
    return EntryGroup("forms", _("Begin a form"), entries)


def settings(account: Account, languages: tuple[Language, ...]) -> EntryGroup:
    """Return what the officer may set, and where he may work."""
    entries = (*_looks(account), *_spoken(languages), _letters(account), *_realms(account))
    leave = Entry(_("Sign out"), reverse("account_logout"), "logout")
    return EntryGroup("settings", _("Settings"), (*entries, leave))


def _looks(account: Account) -> tuple[Entry, ...]:
    faces = (
        (Theme.LIGHT, _("Day"), "sun"),
        (Theme.DARK, _("Night"), "moon"),
        (Theme.SYSTEM, _("As the computer"), "device-desktop"),
    )
    return tuple(
        Entry(
            words,
            reverse("ui:theme"),
            icon,
            _("Day or night"),
            posts=("theme", theme.value),
            is_current=account.theme == theme,
        )
        for theme, words, icon in faces
    )


def _spoken(languages: tuple[Language, ...]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            one.name,
            reverse("ui:language"),
            "language",
            _("Language"),
            posts=("language", one.code),
            is_current=one.is_current,
            lang=one.code,
        )
        for one in languages
    )


def _letters(account: Account) -> Entry:
    act = account.single_letter_keys
    words = _("Switch single letters off") if act else _("Let single letters act")
    posts = ("", "") if act else ("single_letter_keys", "on")
    return Entry(words, reverse("accounts_single_letters"), "keyboard", _("Keys"), posts=posts)


def _realms(account: Account) -> tuple[Entry, ...]:
    if account.working_realm.is_exercise:
        leave = reverse("accounts_leave_exercise")
        return (Entry(_("Back to live work"), leave, "door-exit", posts=("", "")),)
    return tuple(
        Entry(
            one.title,
            reverse("accounts_enter_exercise", args=[one.name]),
            "flag-3",
            _("Enter the exercise"),
            posts=("", ""),
        )
        for one in exercises_of(account)
        if one.is_open
    )
