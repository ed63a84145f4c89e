"""The addresses of the ui package."""

from django.urls import path

from borderliaison.ui import display, views

app_name = "ui"
urlpatterns = [
    path("display/theme", display.set_theme, name="theme"),
    path("display/language", display.set_language, name="language"),
    path("components", views.components, name="components"),
]
