"""Django's name for this package."""

from django.apps import AppConfig


class WordingConfig(AppConfig):
    """The wording package as Django sees it."""

    name = "borderliaison.wording"
    label = "wording"
