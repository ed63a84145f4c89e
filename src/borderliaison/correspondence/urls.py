"""The pages of correspondence."""

from django.urls import path

from borderliaison.correspondence import acknowledging, deciding, views
from borderliaison.correspondence.notices import noticing
from borderliaison.correspondence.printed import views as printed_views
from borderliaison.correspondence.registers import views as register_views
from borderliaison.correspondence.requests import views as request_views
from borderliaison.correspondence.search import views as search_views

app_name = "correspondence"
urlpatterns = [
    path("messages/", views.thread_index, name="threads"),
    path("messages/search/", search_views.search, name="search"),
    path("messages/acknowledge/", acknowledging.acknowledge_several, name="acknowledge_several"),
    path("messages/requests/", request_views.requests, name="requests"),
    path("messages/notice/", noticing.waiting_notice, name="notice"),
    path("messages/register/", register_views.register, name="register"),
    path("messages/register/table/", register_views.export, name="register_table"),
    path("messages/needs/pdf/", printed_views.needs_pdf, name="needs_pdf"),
    path("messages/register/pdf/", register_views.register_pdf, name="register_pdf"),
    path("messages/<str:thread>/", views.thread_page, name="thread"),
    path("messages/<str:thread>/pdf/", printed_views.thread_pdf, name="thread_pdf"),
    path("messages/<str:thread>/say/", views.say_in_thread, name="say"),
    path("items/<str:key>/pdf/", printed_views.item_pdf, name="item_pdf"),
    path("items/<str:key>/opened/", views.confirm_opened, name="opened"),
    path("items/<str:key>/act/", views.act, name="act"),
    path("items/<str:key>/acknowledge/", request_views.acknowledge, name="acknowledge"),
    path("items/<str:key>/withdraw/", request_views.withdraw, name="withdraw"),
    path("items/<str:key>/resume/", request_views.resume, name="resume"),
    path("authorise/", deciding.waiting, name="waiting"),
    path("authorise/<str:key>/", deciding.decision, name="decision"),
]
