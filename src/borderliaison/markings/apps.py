"""Django's name for this package."""

from django.apps import AppConfig


class MarkingsConfig(AppConfig):
    """The markings package as Django sees it."""

    name = "borderliaison.markings"
    label = "markings"
    default_auto_field = "django.db.models.BigAutoField"
