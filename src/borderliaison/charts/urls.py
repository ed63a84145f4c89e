"""The addresses of charts."""

from django.urls import path

from borderliaison.charts.shown import answers, as_data, carrying, dressing, pages, putting

app_name = "charts"
urlpatterns = [
    path("charts/", pages.charts, name="list"),
    path("charts/new/", pages.new, name="new"),
    path("charts/onto/", putting.onto, name="onto"),
    path("charts/gather/", answers.gather, name="gather"),
    path("charts/expand/", answers.expand, name="expand"),
    path("charts/kinds/", answers.kinds, name="kinds"),
    path("charts/find/", answers.find, name="find"),
    path("charts/places/", answers.places, name="places"),
    path("charts/search/", answers.search, name="search"),
    path("charts/measures/", answers.measures, name="measures"),
    path("charts/<str:key>/", pages.chart, name="chart"),
    path("charts/<str:key>/purpose/", pages.purpose, name="purpose"),
    path("charts/<str:key>/data/", answers.data, name="data"),
    path("charts/<str:key>/item/<str:record>/", answers.item, name="item"),
    path("charts/<str:key>/link/<str:begin>/<str:end>/", answers.link, name="link"),
    path("charts/<str:key>/photographs/<str:record>/", dressing.photographs, name="photographs"),
    path("charts/<str:key>/rules/", dressing.rules, name="rules"),
    path("charts/<str:key>/save/", answers.save, name="save"),
    path("charts/<str:key>/copy/", answers.copy, name="copy"),
    path("charts/<str:key>/picture/", carrying.picture, name="picture"),
    path("charts/<str:key>/paper/", carrying.paper, name="paper"),
    path("charts/<str:key>/file/", carrying.file, name="file"),
    path("charts/<str:key>/data-file/", as_data.data_file, name="data_file"),
    path("charts/<str:key>/present/", carrying.present, name="present"),
    path("charts/<str:key>/merge/", carrying.merge, name="merge"),
    path("charts/<str:key>/others/", carrying.others, name="others"),
    path("charts/<str:key>/share/", pages.share, name="share"),
    path("charts/<str:key>/remove/", pages.remove, name="remove"),
    path("charts/<str:key>/restore/", pages.restore, name="restore"),
]
