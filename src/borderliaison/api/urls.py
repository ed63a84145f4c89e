"""The addresses for programs."""

from borderliaison.api.interface import api

urlpatterns = api.urls[0]
app_name = "api"
