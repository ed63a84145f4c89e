"""The addresses of records."""

from django.urls import path

from borderliaison.records.resolution.urls import patterns as resolution
from borderliaison.records.search import views as searching
from borderliaison.records.shown import views

app_name = "records"
urlpatterns = [
    path("records/", searching.search, name="search"),
    *resolution,
    path("records/<str:key>/", views.show, name="record"),
    path("records/<str:key>/purpose/", views.purpose, name="purpose"),
]
