"""Django's name for this package."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """The correspondence package as Django sees it."""

    name = "borderliaison.correspondence"
    label = "correspondence"
    default_auto_field = "django.db.models.BigAutoField"
