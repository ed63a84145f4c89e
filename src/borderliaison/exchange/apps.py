"""Django's name for this package."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The exchange package as Django sees it."""

    name = "borderliaison.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
