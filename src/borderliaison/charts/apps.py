"""The Django app of charts."""

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Charts and their versions."""

    name = "borderliaison.charts"
    label = "charts"
    default_auto_field = "django.db.models.BigAutoField"
