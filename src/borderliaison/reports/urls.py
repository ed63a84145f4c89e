"""The pages of reports."""

from django.urls import path

from borderliaison.reports import views
from borderliaison.reports.cap import views as cap_views
from borderliaison.reports.projection import views as projection_views

app_name = "reports"
urlpatterns = [
    path("forms/words/<slug:name>/<int:version>/", views.words, name="words"),
    path("new/", views.choose, name="choose"),
    path("new/from-cap/", cap_views.begin, name="begin_from_cap"),
    path("new/<slug:form>/", views.begin, name="begin"),
    path("items/<str:key>/cap/", cap_views.save_as_cap, name="cap"),
    path("items/<str:key>/records/", projection_views.in_records, name="in_records"),
    path("weeks/<slug:week>/", views.week, name="week"),
    path("begin/<slug:purpose>/<str:key>/", views.begin_from, name="begin_from"),
    path("drafts/<str:key>/", views.draft, name="draft"),
    path("drafts/<str:key>/save/", views.save, name="save"),
    path("drafts/<str:key>/rows/", views.rows, name="rows"),
    path("drafts/<str:key>/files/", views.files, name="files"),
    path("drafts/<str:key>/readers/", views.readers, name="readers"),
    path("drafts/<str:key>/discard/", views.discard, name="discard"),
]
