"""Django's name for this package."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The package of the interface for programs as Django sees it."""

    name = "borderliaison.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
