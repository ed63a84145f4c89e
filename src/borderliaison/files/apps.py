"""Django's name for this package."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The files package as Django sees it."""

    name = "borderliaison.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
