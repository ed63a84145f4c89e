"""Django's name for this package."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The ui package as Django sees it."""

    name = "borderliaison.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
