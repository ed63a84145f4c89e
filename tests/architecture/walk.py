"""What each route is to somebody who may not read: the walker's table.

A new route needs a line here; without one the walker fails and says which.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.scene import Scene
from tests.files import samples

NOTHING = "0" * 32
"""The key of what does not exist."""
Named = Callable[[str], str]


class Upload(BytesIO):
    """A photograph that a browser sends, as often as it is asked to."""

    name = "plate.jpg"

    def read(self, size: int | None = -1) -> bytes:
        """Return all of it."""
        return samples.jpeg()


@dataclass(frozen=True, slots=True)
class Open:
    """Answers somebody who is not signed in, and shows nothing of the office."""

    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """Shows each officer what he may read, or what concerns him alone: the page is the same whether
    or not there is something that he may not read.

    Attributes:
        figures: shows figures of the whole node, which change with its work, to whoever heads the
            office, and to nobody else.
        queries: what is asked of it by its address, beside nothing.
        posts: what is posted to it where that changes nothing.
    """

    args: tuple[Any, ...] = ()
    figures: bool = False
    queries: tuple[str, ...] = ()
    posts: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Object:
    """Is about one thing: to a stranger, it and what does not exist are the same 404.

    Attributes:
        there: the route's arguments for what is there.
        absent: the same for what does not exist.
        data: what is posted.
        owner: who may: ``author``, or ``colleague``.
        method: the method by which the owner is answered otherwise than a stranger.
    """

    there: Callable[[Scene], tuple[Any, ...]]
    absent: tuple[Any, ...] = (NOTHING,)
    data: Callable[[Scene], dict[str, Any]] = field(default=lambda _: {})
    owner: str = "colleague"
    method: str = "get"


@dataclass(frozen=True, slots=True)
class Machine:
    """Answers a program with a token and nobody else; walked in ``tests/api/test_walk.py``.

    Attributes:
        there: the route's arguments for what is there; None where it is about no one thing.
        args: its arguments where it is about no one thing.
        absent: its arguments for what does not exist.
        data: what is posted, or asked for.
        owner: who may: ``author``, ``colleague``, or ``program``: the one that sent what it is about.
        method: the method by which the owner is answered otherwise than a stranger.
        asks: what names something beside the address: queries, and bodies that are posted. Each key goes
            through a function that leaves it, or makes one of it that does not exist.
    """

    there: Callable[[Scene], tuple[Any, ...]] | None = None
    args: tuple[Any, ...] = ()
    absent: tuple[Any, ...] = (NOTHING,)
    data: Callable[[Scene], dict[str, Any]] = field(default=lambda _: {})
    owner: str = "colleague"
    method: str = "get"
    asks: Callable[[Scene, Named], tuple[str | dict[str, Any], ...]] | None = None


Described = Open | Plain | Object | Machine

ROUTES: dict[str, Described] = {
    "account_login": Open(),
    "account_logout": Open(),
    "mfa_authenticate": Open(),
    "ui:language": Open(),
    "ui:theme": Open(),
    "accounts_me": Plain(),
    "accounts_begin": Plain(),
    "accounts_single_letters": Plain(),
    "accounts_form_language": Plain(),
    "accounts_leave_exercise": Plain(),
    "accounts_tokens": Plain(),
    "accounts_new_token": Plain(),
    "accounts_revoke_token": Object(
        lambda s: (s.token.key,), ("0" * 12,), owner="author", method="post"
    ),
    "accounts_notices": Plain(),
    "accounts_ask_mail": Plain(posts=({"mail": "no address"},)),
    "accounts_confirm_mail": Plain(posts=({"code": "0"},)),
    "accounts_forget_mail": Plain(),
    "correspondence:notice": Plain(),
    "accounts_views": Plain(),
    "accounts_save_view": Plain(posts=({"name": "Open", "address": "https://elsewhere/"},)),
    "accounts_move_view": Object(
        lambda s: (s.view.key,), ("0" * 12,), owner="author", method="post"
    ),
    "accounts_remove_view": Object(
        lambda s: (s.view.key,), ("0" * 12,), owner="author", method="post"
    ),
    "accounts_restore_view": Object(
        lambda s: (s.view.key,), ("0" * 12,), owner="author", method="post"
    ),
    "account_change_password": Plain(),
    "account_reauthenticate": Plain(),
    "mfa_reauthenticate": Plain(),
    "mfa_reauthenticate_webauthn": Plain(),
    "mfa_index": Plain(),
    "mfa_activate_totp": Plain(),
    "mfa_deactivate_totp": Plain(),
    "mfa_list_webauthn": Plain(),
    "mfa_add_webauthn": Plain(),
    "mfa_view_recovery_codes": Plain(),
    "mfa_generate_recovery_codes": Plain(),
    "mfa_remove_webauthn": Object(lambda s: (s.key.pk,), (2**31 - 1,), owner="author"),
    "mfa_edit_webauthn": Object(lambda s: (s.key.pk,), (2**31 - 1,), owner="author"),
    "correspondence:threads": Plain(),
    "correspondence:search": Plain(
        queries=(
            "q=lorry",
            "q=7784+zz",
            "kind=lookout",
            "office=KG-DST&way=out",
            "since=2020-01-01",
        )
    ),
    "correspondence:acknowledge_several": Plain(posts=({"item": NOTHING},)),
    "correspondence:register": Plain(queries=("way=out", "way=in&q=2", "way=out&q=2&page=2")),
    "correspondence:requests": Plain(
        queries=("whose=ours", "whose=theirs&state=all&sort=-asked&page=2")
    ),
    "correspondence:register_table": Plain(posts=({"way": "in"}, {"way": "out", "q": "2"})),
    "correspondence:register_pdf": Plain(queries=("way=out", "way=in&q=2")),
    "correspondence:thread": Object(lambda s: (s.item.thread.key,)),
    "correspondence:needs_pdf": Plain(),
    "correspondence:thread_pdf": Object(lambda s: (s.item.thread.key,)),
    "correspondence:item_pdf": Object(lambda s: (s.item.key,)),
    "correspondence:say": Object(
        lambda s: (s.item.thread.key,),
        data=lambda s: {"about": s.item.key, "to": ["KG-DST"], "text": "Understood"},
        method="post",
    ),
    "correspondence:opened": Object(lambda s: (s.item.key,), method="post"),
    "correspondence:act": Object(
        lambda s: (s.item.key,), data=lambda _: {"text": "Done"}, method="post"
    ),
    "correspondence:acknowledge": Object(lambda s: (s.item.key,), method="post"),
    "correspondence:withdraw": Object(lambda s: (s.request.key,), method="post"),
    "correspondence:resume": Object(lambda s: (s.request.key,), method="post"),
    "correspondence:waiting": Plain(),
    "correspondence:decision": Object(
        lambda s: (s.held.key,), data=lambda _: {"legal_basis": "Agreement 12"}
    ),
    "reports:words": Plain(("country", 1)),
    "reports:choose": Plain(),
    "reports:begin": Plain(("lookout",)),
    "reports:begin_from_cap": Plain(),
    "reports:cap": Object(lambda s: (s.item.key,)),
    "reports:in_records": Object(
        lambda s: (s.item.key,), data=lambda _: {"why": "Another was meant"}
    ),
    "reports:week": Plain(("2026-W20",)),
    "reports:begin_from": Object(
        lambda s: ("pass-on", s.item.key), ("pass-on", NOTHING), method="post"
    ),
    "reports:draft": Object(lambda s: (s.draft.key,), owner="author"),
    "reports:save": Object(
        lambda s: (s.draft.key,), data=lambda _: {"revision": "1"}, owner="author", method="post"
    ),
    "reports:rows": Object(
        lambda s: (s.draft.key,), data=lambda _: {"revision": "1"}, owner="author", method="post"
    ),
    "reports:files": Object(
        lambda s: (s.draft.key,),
        data=lambda _: {"revision": "1", "files.add": Upload()},
        owner="author",
        method="post",
    ),
    "reports:readers": Object(lambda s: (s.draft.key,), owner="author", method="post"),
    "reports:discard": Object(lambda s: (s.draft.key,), owner="author", method="post"),
    "files:file": Object(lambda s: (s.file.key,)),
    "files:preview": Object(lambda s: (s.file.key,)),
    "files:page": Object(lambda s: (s.file.key, 1), (NOTHING, 1)),
    "files:fetch": Object(lambda s: (s.file.key,), method="post"),
    "files:original": Object(lambda s: (s.file.key,), method="post"),
    "files:mark": Object(
        lambda s: (s.file.key,),
        data=lambda _: {"kind": "note", "page": "1", "text": "A seal"},
        method="post",
    ),
    "files:unmark": Object(
        lambda s: (s.file.key, s.mark.pk), (NOTHING, 1), owner="author", method="post"
    ),
    "charts:list": Plain(queries=(f"removed={NOTHING}",)),
    "charts:new": Plain(posts=({"name": ""},)),
    "charts:onto": Plain(queries=(f"item={NOTHING}",)),
    "charts:gather": Plain(),
    "charts:expand": Plain(),
    "charts:kinds": Plain(),
    "charts:find": Plain(),
    "charts:measures": Plain(),
    "charts:places": Plain(),
    "charts:search": Plain(queries=("q=lorry",)),
    "charts:chart": Object(lambda s: (s.chart,), owner="author"),
    "charts:purpose": Object(lambda s: (s.chart,), owner="author"),
    "charts:data": Object(lambda s: (s.chart,), owner="author"),
    "charts:item": Object(lambda s: (s.chart, s.record), (NOTHING, NOTHING), owner="author"),
    "charts:link": Object(
        lambda s: (s.chart, s.record, s.event), (NOTHING, NOTHING, NOTHING), owner="author"
    ),
    "charts:photographs": Object(lambda s: (s.chart, s.record), (NOTHING, NOTHING), owner="author"),
    "charts:rules": Object(lambda s: (s.chart,), owner="author"),
    "charts:copy": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:save": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:picture": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:paper": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:file": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:data_file": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:present": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:others": Object(lambda s: (s.chart,), owner="author"),
    "charts:merge": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:share": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:remove": Object(lambda s: (s.chart,), owner="author", method="post"),
    "charts:restore": Object(lambda s: (s.chart,), owner="author", method="post"),
    "records:search": Plain(
        queries=(
            "q=lorry",
            "q=1717",
            "q=lorri",
            "kind=Vehicle",
            "crossing=KG-BDB&handling=H1",
            "kind=Vehicle&points=1&near=Lookout",
        )
    ),
    "records:groups": Plain(queries=("days=30", "days=all")),
    "records:groups_purpose": Plain(posts=({"purpose": "none"},)),
    "records:duplicates": Plain(queries=("unsure", "after=0.5:1", f"pair={NOTHING}.{NOTHING}")),
    "records:judge": Plain(
        posts=(
            {"one": NOTHING, "other": NOTHING, "verdict": "same", "basis": "records"},
            {"verdict": "perhaps"},
        )
    ),
    "records:in": Plain(posts=({"table": ""},)),
    "records:look": Object(lambda s: (s.waiting,), owner="author"),
    "records:back": Object(lambda s: (s.imported,), method="post"),
    "records:out": Plain(),
    "records:take": Plain(posts=({"format": "ftm", "purpose": "none"}, {"purpose": "case"})),
    "records:making": Object(lambda s: (s.making,), owner="author"),
    "records:made_file": Object(lambda s: (s.making,), owner="author"),
    "records:stop": Object(lambda s: (s.making,), owner="author", method="post"),
    "records:several": Object(lambda s: (s.record,)),
    "records:judge_several": Plain(
        (NOTHING,), posts=({"record": NOTHING, "verdict": "same", "basis": "records"},)
    ),
    "records:judgements": Plain(queries=("before=1",)),
    "records:judgement": Object(lambda s: (s.judgement,)),
    "records:act": Object(lambda s: (s.act,)),
    "records:same": Object(lambda s: (s.record,)),
    "records:standing": Plain(),
    "records:keep": Plain(posts=({"question": "", "name": "Z"},)),
    "records:looked": Object(lambda s: (s.standing,), ("0" * 12,), owner="author", method="post"),
    "records:call": Object(lambda s: (s.standing,), ("0" * 12,), owner="author", method="post"),
    "records:end": Object(lambda s: (s.standing,), ("0" * 12,), owner="author", method="post"),
    "records:resume": Object(lambda s: (s.standing,), ("0" * 12,), owner="author", method="post"),
    "records:record": Object(lambda s: (s.record,)),
    "records:purpose": Object(
        lambda s: (s.record,), data=lambda _: {"purpose": "case"}, method="post"
    ),
    "offices:list": Plain(),
    "offices:detail": Plain(("KG-DST",)),
    "offices:pdf": Plain(("KG-DST",)),
    "offices:correct": Plain(("KG-DST",)),
    "offices:correct_one": Plain(("KG-DST", "place")),
    "offices:undo": Plain(("KG-DST",)),
    "ui:components": Plain(),
    "api:me": Machine(),
    "api:list_forms": Machine(),
    "api:one_form": Machine(args=("lookout",)),
    "api:list_codes": Machine(),
    "api:one_code_list": Machine(args=("cap_urgency",)),
    "api:list_offices": Machine(),
    "api:list_records": Machine(asks=lambda s, named: (f"q={named(s.plate)}",)),
    "api:one_record": Machine(lambda s: (s.record,)),
    "api:judgements": Machine(
        asks=lambda s, named: (
            {
                "one": named(s.record),
                "other": named(s.other),
                "verdict": "unsure",
                "basis": "records",
            },
        )
    ),
    "api:one_judgement": Machine(lambda s: (s.judgement,)),
    "api:take_judgement_back": Machine(
        lambda s: (s.judgement,), data=lambda _: {"reason": "Another"}, method="post"
    ),
    "api:judge_at_once": Machine(
        asks=lambda s, named: (
            {
                "judgements": [
                    {
                        "one": named(s.record),
                        "other": named(s.other),
                        "verdict": "unsure",
                        "basis": "records",
                    }
                ]
            },
        )
    ),
    "api:one_act": Machine(lambda s: (s.act,)),
    "api:take_act_back": Machine(
        lambda s: (s.act,), data=lambda _: {"reason": "Another"}, method="post"
    ),
    "api:marks": Machine(lambda s: (s.file.key,)),
    "api:remove_mark": Machine(
        lambda s: (s.file.key, s.mark.pk),
        absent=(NOTHING, 1),
        owner="author",
        method="post",
    ),
    "api:queries": Machine(),
    "api:ask_query": Machine(lambda s: (s.query,), absent=(NOTHING[:12],), owner="author"),
    "api:remove_query": Machine(
        lambda s: (s.view.key,), absent=(NOTHING[:12],), owner="author", method="post"
    ),
    "api:restore_query": Machine(
        lambda s: (s.view.key,), absent=(NOTHING[:12],), owner="author", method="post"
    ),
    "api:standing": Machine(),
    "api:ask_standing": Machine(lambda s: (s.standing,), absent=(NOTHING[:12],), owner="author"),
    "api:note_looked": Machine(
        lambda s: (s.standing,), absent=(NOTHING[:12],), owner="author", method="post"
    ),
    "api:rename_standing": Machine(
        lambda s: (s.standing,),
        absent=(NOTHING[:12],),
        owner="author",
        data=lambda _: {"name": "Seized at night"},
        method="post",
    ),
    "api:end_standing": Machine(
        lambda s: (s.standing,), absent=(NOTHING[:12],), owner="author", method="post"
    ),
    "api:resume_standing": Machine(
        lambda s: (s.ended,), absent=(NOTHING[:12],), owner="author", method="post"
    ),
    "api:list_sets": Machine(),
    "api:one_set": Machine(lambda s: (s.imported,)),
    "api:take_set_back": Machine(lambda s: (s.imported,), method="post"),
    "api:specs": Machine(),
    "api:one_spec": Machine(args=("travellers",)),
    "api:remove_spec": Machine(args=("travellers",), method="post"),
    "api:send_import": Machine(method="post"),
    "api:one_import": Machine(lambda s: (s.sent,), owner="program"),
    "api:look_into": Machine(lambda s: (s.sent,), data=lambda _: {"title": "May"}, owner="program"),
    "api:take_import": Machine(
        lambda s: (s.sent,), data=lambda _: {"title": "May"}, owner="program", method="post"
    ),
    "api:drop_import": Machine(lambda s: (s.sent,), owner="program", method="post"),
    "api:export_records": Machine(
        args=("ftm",),
        owner="author",
        asks=lambda s, named: tuple(
            f"purpose=case&{what}={named(key)}"
            for what, key in (("record", s.record), ("chart", s.chart), ("set_key", s.imported))
        ),
    ),
    "api:charts": Machine(),
    "api:one_chart": Machine(lambda s: (s.chart,), owner="author"),
    "api:chart_versions": Machine(lambda s: (s.chart,), owner="author"),
    "api:measure_chart": Machine(lambda s: (s.chart,), owner="author"),
    "api:copy_chart": Machine(
        lambda s: (s.chart,), data=lambda _: {"name": "Copy"}, owner="author", method="post"
    ),
    "api:share_chart": Machine(
        lambda s: (s.chart,), data=lambda _: {"shared": True}, owner="author", method="post"
    ),
    "api:remove_chart": Machine(lambda s: (s.chart,), owner="author", method="post"),
    "api:restore_chart": Machine(lambda s: (s.chart,), owner="author", method="post"),
    "api:expand_network": Machine(asks=lambda s, named: (f"key={named(s.record)}",)),
    "api:kinds_in_network": Machine(asks=lambda s, named: (f"key={named(s.record)}",)),
    "api:find_in_network": Machine(
        asks=lambda s, named: (
            f"what=around&key={named(s.record)}",
            f"what=shortest&key={named(s.record)}&key={named(s.event)}",
        )
    ),
    "api:workspace": Machine(),
    "api:features": Machine(),
    "api:features_api": Machine(),
    "api:features_conformance": Machine(),
    "api:feature_collections": Machine(),
    "api:feature_collection": Machine(args=("CrossingPoint",)),
    "api:feature_items": Machine(
        args=("Lookout",), asks=lambda s, named: (f"after={named(s.event)}",)
    ),
    "api:feature_item": Machine(lambda s: ("Lookout", s.event), absent=("Lookout", NOTHING)),
    "api:list_reports": Machine(asks=lambda s, named: (f"after={named(s.item.key)}",)),
    "api:list_messages": Machine(asks=lambda s, named: (f"after={named(s.item.key)}",)),
    "api:list_threads": Machine(),
    "api:list_requests": Machine(),
    "api:list_events": Machine(),
    "api:drafts": Machine(),
    "api:one_item": Machine(lambda s: (s.item.key,)),
    "api:receipts": Machine(lambda s: (s.item.key,)),
    "api:acknowledge": Machine(lambda s: (s.item.key,), method="post"),
    "api:act": Machine(lambda s: (s.item.key,), data=lambda _: {"text": "Done"}, method="post"),
    "api:one_thread": Machine(lambda s: (s.item.thread.key,)),
    "api:say": Machine(
        lambda s: (s.item.thread.key,),
        data=lambda s: {"about": s.item.key, "to": ["KG-DST"], "text": "Understood"},
        method="post",
    ),
    "api:one_request": Machine(lambda s: (s.request.key,)),
    "api:reply": Machine(
        lambda s: (s.request.key,),
        data=lambda _: {"purpose": "refuse", "values": {"reason": "too_broad"}},
        method="post",
    ),
    "api:withdraw": Machine(lambda s: (s.request.key,), method="post"),
    "api:resume": Machine(lambda s: (s.request.key,), method="post"),
    "api:draft": Machine(lambda s: (s.draft.key,), owner="author"),
    "api:check_draft": Machine(lambda s: (s.draft.key,), owner="author"),
    "api:file_draft": Machine(lambda s: (s.draft.key,), owner="author", method="post"),
    "api:discard_draft": Machine(lambda s: (s.draft.key,), owner="author", method="post"),
    "api:item_files": Machine(lambda s: (s.item.key,)),
    "api:one_file": Machine(lambda s: (s.file.key,)),
    "api:preview": Machine(lambda s: (s.file.key,)),
    "api:file_page": Machine(lambda s: (s.file.key, 1), absent=(NOTHING, 1)),
    "api:fetch_file": Machine(lambda s: (s.file.key,), method="post"),
    "api:draft_files": Machine(lambda s: (s.draft.key,), owner="author"),
    "api:add_file": Machine(lambda s: (s.draft.key,), owner="author", method="post"),
    "api:remove_file": Machine(
        lambda s: (s.draft.key, s.own_file.key),
        absent=(NOTHING, NOTHING),
        owner="author",
        method="post",
    ),
    "api:restore_file": Machine(
        lambda s: (s.draft.key, s.own_file.key),
        absent=(NOTHING, NOTHING),
        owner="author",
        method="post",
    ),
    "api:item_paper": Machine(lambda s: (s.item.key,)),
    "api:thread_paper": Machine(lambda s: (s.item.thread.key,)),
    "api:cap": Machine(lambda s: (s.item.key,)),
    "api:cap_in": Machine(method="post"),
    "web:openapi": Plain(),
    "web:home": Plain(),
    "web:guidance": Plain(
        posts=({"name": "messages"}, {"name": "messages", "back": "1"}, {"name": "no such page"})
    ),
    "web:tour": Plain(),
    "web:tour_step": Plain(posts=({"step": "2"}, {"step": "99"}, {})),
    "web:everything": Plain(queries=("q=dos", "q=2")),
    "web:board": Plain(
        queries=(
            "hours=168&whose=all",
            "kind=lookout&office=KG-BDB",
            "kind=message&country=KG",
            "lane=urgent&view=offices",
            f"before={NOTHING}",
        )
    ),
    "web:board_parts": Plain(queries=("hours=72", "have=0&have=1")),
    "web:wall": Open(),
    "web:wall_parts": Open(),
    "web:keep_wall": Plain(),
    "web:map_frame": Plain(),
    "web:map_offices": Plain(),
    "web:map_data": Plain(
        queries=("hours=168&whose=all", "kind=lookout", "office=KG-BDB", "country=KG")
    ),
    "web:map_card": Plain(queries=("office=KG-DST", f"event={NOTHING}")),
    "web:map_provinces": Plain(),
    "web:map_tiles": Plain(),
    "web:live_alert": Plain(),
    "web:health": Plain(figures=True),
    # the last: whoever may enter is in another realm afterwards
    "accounts_enter_exercise": Object(lambda s: (s.exercise.name,), ("drill-1999",), method="post"),
}

EVENTS: dict[str, bool] = {
    "thread": True,
    "alert": True,
    "directory": False,
    "link": False,
    "file": True,
    "match": True,
    "records": True,
}
"""The kinds of events of ``/events``: whether they carry a marking, or are told to every officer."""


def route_names() -> Iterator[str]:
    """Yield the name of every route that Django's URL map has, however deep."""
    yield from _below(get_resolver(), "")


def _below(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            deeper = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, deeper)
        else:
            assert isinstance(entry, URLPattern)
            yield f"{namespace}{entry.name}" if entry.name else f"(no name) {entry.pattern}"


def path_of(name: str, args: tuple[Any, ...]) -> str:
    """Return the path of a route."""
    return reverse(name, args=args)
