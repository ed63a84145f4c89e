"""The pages of files."""

from django.urls import path

from borderliaison.files import views

app_name = "files"
urlpatterns = [
    path("files/<str:key>/", views.file, name="file"),
    path("files/<str:key>/preview/", views.preview, name="preview"),
    path("files/<str:key>/pages/<int:number>/", views.page, name="page"),
    path("files/<str:key>/fetch/", views.fetch, name="fetch"),
    path("files/<str:key>/original/", views.original, name="original"),
    path("files/<str:key>/marks/", views.mark, name="mark"),
    path("files/<str:key>/marks/<int:number>/remove/", views.unmark, name="unmark"),
]
