"""Every page has a picture: the scenes of ``make pictures`` against the URL map, without a browser."""

from collections import defaultdict
from urllib.parse import urlsplit

from django.urls import resolve

from tests.architecture.walk import route_names
from tools.pictures.scenes import ACTIONS, Scene, missing, scenes
from tools.pictures.stage import Facts

KEY = "0" * 32


def every_scene() -> list[Scene]:
    sign_ins = defaultdict[str, dict[str, str]](lambda: {"password": "", "secret": "", "url": ""})
    paths = defaultdict[str, str](lambda: f"/messages/{KEY}/")
    return scenes(Facts("", sign_ins, paths))


def test_every_page_has_a_scene() -> None:
    assert missing(every_scene()) == []


def test_every_route_that_is_pictured_or_left_out_is_in_the_map() -> None:
    named = {one.route for one in every_scene() if one.route} | ACTIONS
    assert named <= set(route_names())


def test_no_route_is_both_pictured_and_left_out() -> None:
    assert not {one.route for one in every_scene()} & ACTIONS


def test_a_scene_without_a_deed_is_at_the_address_of_its_route() -> None:
    plain = [
        one
        for one in every_scene()
        if one.route and not one.deed and KEY not in one.path and "?" not in one.path
    ]
    found = {one.name: resolve(urlsplit(one.path).path).view_name for one in plain}
    assert found == {one.name: one.route for one in plain}


def test_no_two_scenes_have_the_same_name() -> None:
    names = [one.name for one in every_scene()]
    assert sorted(names) == sorted(set(names))
