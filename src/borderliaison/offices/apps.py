"""Django's name for this package."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """The offices package as Django sees it."""

    name = "borderliaison.offices"
    label = "offices"
    default_auto_field = "django.db.models.BigAutoField"
