"""The addresses at which officers judge who is the same."""

from django.urls import path

from borderliaison.records.resolution import views

patterns = [
    path("records/duplicates/", views.duplicates, name="duplicates"),
    path("records/duplicates/judge/", views.judge_pair, name="judge"),
    path("records/judgements/", views.judgements, name="judgements"),
    path("records/judgements/<str:key>/", views.judgement, name="judgement"),
    path("records/<str:key>/same/", views.same, name="same"),
]
