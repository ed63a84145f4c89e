"""Django's name for this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts package as Django sees it."""

    name = "borderliaison.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what allauth and Django tell."""
        from borderliaison.accounts import signals  # noqa: F401, PLC0415
