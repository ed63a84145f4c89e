"""Django's name for this package."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The records package as Django sees it."""

    name = "borderliaison.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
