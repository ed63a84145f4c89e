"""Django's name for this package."""

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    """The printing package as Django sees it: it has words to translate, and no tables."""

    name = "borderliaison.printing"
    label = "printing"
    default_auto_field = "django.db.models.BigAutoField"
