"""The URL map of a node: every page there is."""

from django.urls import URLPattern, URLResolver, include, path

from borderliaison.api.described import openapi
from borderliaison.web import views
from borderliaison.web.board import views as board
from borderliaison.web.board import wall_views as wall
from borderliaison.web.everything.views import everything
from borderliaison.web.guidance.views import set_guidance, tour, tour_step
from borderliaison.web.map import views as maps

pages = [
    path("", views.home, name="home"),
    path("everything/", everything, name="everything"),
    path("guidance/", set_guidance, name="guidance"),
    path("tour/", tour, name="tour"),
    path("tour/step/", tour_step, name="tour_step"),
    path("board/", board.board, name="board"),
    path("board/parts/", board.parts, name="board_parts"),
    path("board/wall/", wall.wall, name="wall"),
    path("board/wall/parts/", wall.wall_parts, name="wall_parts"),
    path("board/wall/keep/", wall.keep_wall, name="keep_wall"),
    path("map/frame/", maps.frame, name="map_frame"),
    path("map/offices/", maps.offices, name="map_offices"),
    path("map/data/", maps.data, name="map_data"),
    path("map/card/", maps.card, name="map_card"),
    path("map/provinces/", maps.provinces, name="map_provinces"),
    path("map/tiles/", maps.tiles, name="map_tiles"),
    path("live-alert/", views.live_alert, name="live_alert"),
    path("health/", views.health, name="health"),
    path("api/openapi.json", openapi, name="openapi"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("borderliaison.accounts.urls")),
    path("", include("borderliaison.correspondence.urls")),
    path("", include("borderliaison.records.urls")),
    path("", include("borderliaison.reports.urls")),
    path("", include("borderliaison.charts.urls")),
    path("", include("borderliaison.files.urls")),
    path("", include("borderliaison.offices.urls")),
    path("api/v1/", include("borderliaison.api.urls")),
    path("ui/", include("borderliaison.ui.urls")),
    path("", include((pages, "web"))),
]

handler400 = "borderliaison.web.refusals.bad_request"
handler403 = "borderliaison.web.refusals.forbidden"
handler404 = "borderliaison.web.refusals.not_found"
handler500 = "borderliaison.web.refusals.failed"
