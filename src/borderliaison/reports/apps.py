"""Django's name for this package."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports package as Django sees it."""

    name = "borderliaison.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
