"""Django's name for this package."""

from django.apps import AppConfig


class FeedConfig(AppConfig):
    """The feed package as Django sees it."""

    name = "borderliaison.feed"
    label = "feed"
    default_auto_field = "django.db.models.BigAutoField"
