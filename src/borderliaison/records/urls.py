"""The addresses of records."""

from django.urls import path

from borderliaison.records.groups import views as groups
from borderliaison.records.interchange.exports import views as giving_out
from borderliaison.records.interchange.imports import views as taking_in
from borderliaison.records.resolution.urls import patterns as resolution
from borderliaison.records.search.shown import standing_views as standing
from borderliaison.records.search.shown import views as searching
from borderliaison.records.shown import views

app_name = "records"
urlpatterns = [
    path("records/", searching.search, name="search"),
    path("records/standing/", standing.questions, name="standing"),
    path("records/standing/keep/", standing.keep, name="keep"),
    path("records/standing/<str:key>/looked/", standing.looked, name="looked"),
    path("records/standing/<str:key>/name/", standing.call, name="call"),
    path("records/standing/<str:key>/end/", standing.end, name="end"),
    path("records/standing/<str:key>/resume/", standing.resume, name="resume"),
    path("records/groups/", groups.show, name="groups"),
    path("records/groups/purpose/", groups.purpose, name="groups_purpose"),
    path("records/in/", taking_in.in_, name="in"),
    path("records/in/<str:key>/", taking_in.look, name="look"),
    path("records/in/<str:key>/back/", taking_in.back, name="back"),
    path("records/out/", giving_out.out, name="out"),
    path("records/out/take/", giving_out.take, name="take"),
    path("records/out/<str:key>/", giving_out.making, name="making"),
    path("records/out/<str:key>/file/", giving_out.file, name="made_file"),
    path("records/out/<str:key>/stop/", giving_out.stop, name="stop"),
    *resolution,
    path("records/<str:key>/", views.show, name="record"),
    path("records/<str:key>/purpose/", views.purpose, name="purpose"),
]
