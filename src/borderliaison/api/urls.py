"""The addresses for programs; the library's own, which leads nowhere, is left out."""

from borderliaison.api.interface import api

urlpatterns = [one for one in api.urls[0] if getattr(one, "name", "") != "api-root"]
app_name = "api"
