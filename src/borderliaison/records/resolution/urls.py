"""The addresses at which officers judge who is the same."""

from django.urls import path

from borderliaison.records.resolution import several_views, views

patterns = [
    path("records/duplicates/", views.duplicates, name="duplicates"),
    path("records/duplicates/judge/", views.judge_pair, name="judge"),
    path("records/duplicates/<str:key>/", several_views.show, name="several"),
    path("records/duplicates/<str:key>/judge/", several_views.judge_them, name="judge_several"),
    path("records/judgements/", views.judgements, name="judgements"),
    path("records/judgements/at-once/<str:key>/", several_views.act, name="act"),
    path("records/judgements/<str:key>/", views.judgement, name="judgement"),
    path("records/<str:key>/same/", views.same, name="same"),
]
