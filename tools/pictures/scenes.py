"""What is pictured: who looks at which page, and what he does there first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from tools.pictures import deeds
from tools.pictures.stage import NEWCOMER, PASSWORD, Facts

Deed = Callable[[Page], None]
NOBODY: Final = ""
ACTIONS: Final = {
    "accounts_enter_exercise", "accounts_leave_exercise", "accounts_revoke_token",
    "accounts_single_letters",
    "accounts_form_language",
    "correspondence:acknowledge", "correspondence:act", "correspondence:opened",
    "correspondence:register_table", "reports:begin_from_cap", "reports:cap", "web:openapi",
    "correspondence:resume", "correspondence:withdraw", "reports:rows", "reports:week",
    "correspondence:say", "reports:begin", "reports:begin_from",
    "reports:discard", "reports:readers", "reports:save", "reports:words", "ui:language",
    "files:fetch", "files:mark", "files:original", "files:page", "files:preview", "files:unmark",
    "reports:files",
    "accounts_ask_mail", "accounts_confirm_mail", "accounts_forget_mail",
    "accounts_save_view", "accounts_move_view", "accounts_remove_view", "accounts_restore_view",
    "correspondence:acknowledge_several", "correspondence:notice",
    "correspondence:item_pdf", "correspondence:thread_pdf", "correspondence:needs_pdf",
    "correspondence:register_pdf", "offices:pdf",
    "charts:new", "charts:copy", "charts:gather", "charts:expand", "charts:find", "charts:measures",
    "charts:search", "charts:photographs", "charts:rules", "charts:data", "charts:item", "charts:link",
    "charts:save", "charts:share",
    "charts:places", "charts:picture", "charts:remove", "charts:restore",
    "charts:paper", "charts:file", "charts:data_file", "charts:present", "charts:merge", "charts:others",
    "records:purpose", "records:groups_purpose",
    "records:keep", "records:looked", "records:end", "records:resume", "records:call",
    "records:judge", "records:judgement", "records:same", "records:take",
    "records:making", "records:made_file", "records:stop", "records:act",
    "records:several", "records:judge_several",
    "records:look", "records:back",
    "ui:theme", "web:home", "web:live_alert",
    "web:guidance", "web:tour_step",
    "web:board_parts", "web:wall_parts", "web:keep_wall",
    "web:map_frame", "web:map_offices", "web:map_data", "web:map_card", "web:map_provinces",
    "web:map_tiles",
}  # fmt: skip
"""Routes that are no pages: they do something and lead to a page, or are a part of one."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture to take.

    Attributes:
        name: becomes the picture's name.
        route: the name of the route in the URL map; empty for an address that is none.
        who: an officer's login, or nobody.
        path: the address.
        deed: done before the picture is taken.
        is_paper: also printed.
    """

    name: str
    route: str
    who: str
    path: str
    deed: Deed | None = None
    is_paper: bool = False


def scenes(facts: Facts) -> list[Scene]:
    """Return every scene: the chosen ones, then each other page whose address needs nothing."""
    chosen = [*_talk(facts), *_writing(facts), *_house(), *_corrected(), *_door(facts)]
    return [*chosen, *_others({one.route for one in chosen})]


def _talk(facts: Facts) -> Iterator[Scene]:
    thread, long_one, abroad = (facts.paths[n] for n in ("thread", "long thread", "decision"))
    held = "correspondence:thread"
    yield Scene("messages", "correspondence:threads", "toktosunov", "/messages/")
    yield Scene("thread sender", held, "toktosunov", thread, is_paper=True)
    yield Scene("thread recipient", held, "saparalieva", thread, is_paper=True)
    yield Scene("thread across the border", held, "karimov", thread)
    yield Scene("thread analyst", held, "isakov", thread)
    yield Scene("thread long", held, "saparalieva", long_one, is_paper=True)
    yield Scene("thread long sender", held, "toktosunov", long_one)
    yield Scene("thread acting", held, "saparalieva", long_one, deeds.act)
    yield Scene("thread typing", held, "saparalieva", long_one, deeds.write)
    for name, path in facts.paths.items():
        if name.startswith("thread of "):
            yield Scene(name, held, "saparalieva", path, is_paper=True)
    register = "correspondence:register"
    for way in ("in", "out"):
        path = f"/messages/register/?way={way}"
        yield Scene(f"register {way}", register, "saparalieva", path, is_paper=True)
    yield Scene("register none", register, "saparalieva", "/messages/register/?q=zzzz")
    yield Scene("register short", register, "kalykov", "/messages/register/?way=out")
    yield Scene("register empty", register, "ormonov", "/messages/register/?year=2025&way=out")
    yield Scene(
        "requests", "correspondence:requests", "saparalieva", "/messages/requests/?state=all"
    )
    yield Scene(
        "requests none", "correspondence:requests", "karimov", "/messages/requests/?whose=ours"
    )
    yield Scene("messages unread", "correspondence:threads", "kalykov", "/messages/?unread=1")
    yield Scene("file", "files:file", "toktosunov", facts.paths["file"], is_paper=True)
    yield Scene("file large", "files:file", "toktosunov", f"{facts.paths['file']}?zoom=2")
    yield Scene("waiting", "correspondence:waiting", "ormonov", "/authorise/")
    yield Scene("waiting empty", "correspondence:waiting", "rakhimova", "/authorise/")
    yield Scene("decision", "correspondence:decision", "ormonov", abroad, is_paper=True)
    yield Scene("decision own", "correspondence:decision", "saparalieva", abroad)
    yield Scene("in records", "reports:in_records", "ormonov", facts.paths["in records"])


def _writing(facts: Facts) -> Iterator[Scene]:
    empty, begun = facts.paths["empty draft"], facts.paths["draft"]
    yield Scene("choose", "reports:choose", "toktosunov", "/new/")
    yield Scene("choose weeks", "reports:choose", "isakov", "/new/")
    yield Scene("draft empty", "reports:draft", "toktosunov", empty)
    yield Scene("draft begun", "reports:draft", "toktosunov", begun, is_paper=True)
    yield Scene("draft wrong", "reports:draft", "toktosunov", f"{begun}?checked")
    yield Scene("draft passing on", "reports:draft", "saparalieva", facts.paths["pass on"])
    for name, path in facts.paths.items():
        if name.startswith("form "):
            yield Scene(name, "reports:draft", "saparalieva", path)
            yield Scene(f"{name} wrong", "reports:draft", "saparalieva", f"{path}?checked")


def _house() -> Iterator[Scene]:
    yield Scene("offices", "offices:list", "saparalieva", "/offices/", is_paper=True)
    yield Scene("records", "records:search", "isakov", "/records/")
    yield Scene("records found", "records:search", "isakov", "/records/?q=lorry")
    yield Scene(
        "records asked",
        "records:search",
        "isakov",
        "/records/?kind=Vehicle&where=linked+~+Substance%3A+heroin%0Anot+registeredIn+%3D+kg",
    )
    yield Scene("records none", "records:search", "isakov", "/records/?q=zzzz")
    yield Scene("standing", "records:standing", "isakov", "/records/standing/")
    yield Scene("record", "records:record", "isakov", "/records/?kind=Vehicle", deeds.open_record)
    yield Scene(
        "record purpose", "records:record", "isakov", "/records/?kind=Person", deeds.open_found
    )
    yield Scene("charts", "charts:list", "isakov", "/charts/")
    yield Scene("chart purpose", "charts:purpose", "isakov", "/charts/", deeds.begin_chart)
    yield Scene("chart onto", "charts:onto", "isakov", "/records/?q=lorry", deeds.put_on_a_chart)
    yield Scene("chart onto none", "charts:onto", "isakov", "/charts/onto/")
    yield Scene("chart", "charts:chart", "isakov", "/charts/", deeds.draw_chart)
    yield Scene("groups", "records:groups", "isakov", "/records/groups/", deeds.say_purpose)
    yield Scene("duplicates", "records:duplicates", "isakov", "/records/duplicates/")
    yield Scene("duplicates unsure", "records:duplicates", "isakov", "/records/duplicates/?unsure")
    yield Scene("records out", "records:out", "isakov", "/records/out/")
    yield Scene("records in", "records:in", "isakov", "/records/in/")
    yield Scene("judged", "records:judgements", "isakov", "/records/judgements/")
    yield Scene("offices none", "offices:list", "saparalieva", "/offices/?q=zzzz")
    yield Scene("office", "offices:detail", "saparalieva", "/offices/UZ-DUS/", is_paper=True)
    yield Scene("office own", "offices:detail", "saparalieva", "/offices/KG-DST/")
    yield Scene("office without a key", "offices:detail", "saparalieva", "/offices/KG-KRM/")
    yield Scene("health", "web:health", "saparalieva", "/health/", is_paper=True)
    yield Scene("me", "accounts_me", "saparalieva", "/me")
    yield Scene("display", "web:health", "saparalieva", "/health/", deeds.display)
    yield Scene("keys", "correspondence:threads", "saparalieva", "/messages/", deeds.show_keys)
    yield Scene("everything", "web:everything", "saparalieva", "/everything/")
    yield Scene("everything open", "web:health", "saparalieva", "/health/", deeds.find_everything)
    yield Scene("tour", "web:tour", "saparalieva", "/tour/")
    yield Scene("gallery", "ui:components", "saparalieva", "/ui/components")
    yield Scene("gallery exercise", "ui:components", "saparalieva", "/ui/components?realm=exercise")
    yield Scene("error 404", "", "saparalieva", "/there/is/no/such/page/")
    yield Scene("error 403", "", "saparalieva", "/me", deeds.too_late)
    yield Scene("error 500", "", "saparalieva", "/health/", deeds.fail)
    yield Scene("server away", "correspondence:threads", "saparalieva", "/messages/", deeds.away)


def _corrected() -> Iterator[Scene]:
    who, path = "ormonov", "/offices/KG-DST/correct/"
    yield Scene("correct", "offices:correct", who, path)
    yield Scene("correct unfolded", "offices:correct", who, path, deeds.unfold)
    yield Scene("correct wrong", "offices:correct_one", who, path, deeds.correct_wrongly)
    yield Scene("corrected", "offices:correct_one", who, path, deeds.correct)
    yield Scene("correct undone", "offices:undo", who, path, deeds.undo)
    yield Scene("office corrected", "offices:detail", who, "/offices/KG-DST/")


def _door(facts: Facts) -> Iterator[Scene]:
    yield Scene("sign in", "account_login", NOBODY, "/sign-in")
    yield Scene("sign in wrong", "account_login", NOBODY, "/sign-in", deeds.wrong_password)
    right = partial(deeds.second_step, password=facts.sign_ins["isakov"]["password"])
    yield Scene("second step", "mfa_authenticate", NOBODY, "/sign-in", right)
    yield Scene("begin", "accounts_begin", NEWCOMER, "/me/begin")
    for name, route, path in (
        ("begin with a key", "mfa_add_webauthn", "/me/second-step/keys/add"),
        ("begin with an app", "mfa_activate_totp", "/me/second-step/app/add"),
    ):
        deed = partial(deeds.begin, path=path, password=PASSWORD)
        yield Scene(name, route, NEWCOMER, path, deed)
    yield from _second_step(facts)
    yield Scene("new password", "account_change_password", "rakhimova", "/me/password")
    yield Scene("sign out", "account_logout", "rakhimova", "/sign-out")


def _second_step(facts: Facts) -> Iterator[Scene]:
    keys, who = "/me/second-step/keys", "rakhimova"
    for name, route, deed in (
        ("my keys", "mfa_list_webauthn", deeds.one_key),
        ("key renamed", "mfa_edit_webauthn", deeds.rename_key),
        ("key removed", "mfa_remove_webauthn", deeds.remove_key),
    ):
        yield Scene(name, route, who, keys, partial(deed, secret=facts.sign_ins[who]["secret"]))
    who, codes = "ormonov", "/me/second-step/codes"
    secret = facts.sign_ins[who]["secret"]
    for name, route, path in (
        ("app removed", "mfa_deactivate_totp", "/me/second-step/app/remove"),
        ("recovery codes anew", "mfa_generate_recovery_codes", f"{codes}/new"),
        ("token new", "accounts_new_token", "/me/tokens/new"),
    ):
        deed = partial(deeds.show_who_one_is, path=path, secret=secret)
        yield Scene(name, route, who, path, deed)
    see = partial(deeds.see_recovery_codes, secret=secret)
    yield Scene("recovery codes", "mfa_view_recovery_codes", who, f"{codes}/new", see)


def in_exercise(facts: Facts) -> list[Scene]:
    """Return the scenes of officers who work in an exercise."""
    thread, draft = facts.paths["exercise thread"], facts.paths["exercise draft"]
    writer, reader = "abdyrakhmanova", "kalykov"
    return [
        Scene("messages", "", writer, "/messages/"),
        Scene("thread sender", "", writer, thread, is_paper=True),
        Scene("thread recipient", "", reader, thread),
        Scene("draft begun", "", writer, draft, is_paper=True),
        Scene("choose", "", writer, "/new/"),
        Scene("offices", "", writer, "/offices/"),
        Scene("office", "", writer, "/offices/UZ-DUS/"),
        Scene("health", "", writer, "/health/"),
        Scene("me", "", writer, "/me"),
        Scene("error 404", "", writer, "/there/is/no/such/page/"),
    ]


def _others(known: set[str]) -> Iterator[Scene]:
    for name, needs in _routes(get_resolver(), ""):
        if name in known | ACTIONS or needs:
            continue
        yield Scene(name.replace(":", " "), name, "ormonov", reverse(name))


def missing(taken: list[Scene]) -> list[str]:
    """Return the routes with arguments that no scene shows."""
    known = {one.route for one in taken} | ACTIONS
    return sorted(
        name for name, needs in _routes(get_resolver(), "") if needs and name not in known
    )


def _routes(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, bool]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            deeper = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _routes(entry, deeper)
        elif isinstance(entry, URLPattern) and entry.name and namespace != "api:":
            yield f"{namespace}{entry.name}", bool(entry.pattern.converters)
