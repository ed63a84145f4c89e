"""Django's name for this package."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web package as Django sees it."""

    name = "borderliaison.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
