"""The composition root: joins the packages to each other, once in each process that starts Django.

What a package needs from one above it is a port; this module plugs the ports. Nothing here runs at
import, and running it twice changes nothing.
"""

from functools import partial
from typing import Final

from borderliaison.feed import services as feed
from borderliaison.node.config import NodeConfig

_SAVABLE: Final = {
    "correspondence:threads": "messages",
    "correspondence:search": "search",
    "correspondence:register": "notebook",
    "correspondence:requests": "hourglass",
    "records:search": "user-scan",
    "web:board": "layout-dashboard",
}
"""The pages whose views officers keep, each with its icon."""


def wire(node: NodeConfig) -> None:
    """Plug every port for ``node``."""
    from borderliaison.accounts.exercising import takes_part  # noqa: PLC0415
    from borderliaison.accounts.notices.mailer import register_mailer  # noqa: PLC0415
    from borderliaison.accounts.saved_views.pages import register_page  # noqa: PLC0415
    from borderliaison.correspondence import authorisation, phrases, threads  # noqa: PLC0415
    from borderliaison.correspondence.arrivals import receiving, returning  # noqa: PLC0415
    from borderliaison.correspondence.printed import messages  # noqa: PLC0415
    from borderliaison.correspondence.requests import deadlines  # noqa: PLC0415
    from borderliaison.exchange import services as exchange  # noqa: PLC0415
    from borderliaison.files.owners import DRAFT, ITEM  # noqa: PLC0415
    from borderliaison.files.places import register_place  # noqa: PLC0415
    from borderliaison.forms import store as forms_store  # noqa: PLC0415
    from borderliaison.node.backups import kept  # noqa: PLC0415
    from borderliaison.node.exchange_directory import ExchangeDirectory  # noqa: PLC0415
    from borderliaison.node.jobs import job_standings, register_own_jobs  # noqa: PLC0415
    from borderliaison.node.mail import send  # noqa: PLC0415
    from borderliaison.offices.codes import crosses_border  # noqa: PLC0415
    from borderliaison.records.interchange.imports import sources as imported  # noqa: PLC0415
    from borderliaison.records.shown import onward  # noqa: PLC0415
    from borderliaison.reports import attaching, paper, places, showing  # noqa: PLC0415
    from borderliaison.reports.projection import sources  # noqa: PLC0415
    from borderliaison.reports.returning import number_is_used  # noqa: PLC0415
    from borderliaison.web import backups, jobs  # noqa: PLC0415

    register_mailer(partial(send, node) if node.mail_host else None)
    for page, icon in _SAVABLE.items():
        register_page(page, icon)
    directory = ExchangeDirectory()
    feed.wake_through(node.feed_socket, node.records_socket)
    exchange.register_directory(directory)
    exchange.register_realms(takes_part)
    exchange.register_watched(directory.watched)
    authorisation.use_rule(authorisation.BorderRule(crosses_border))
    deadlines.keep_own_in(node.directory)
    forms_store.keep_own_in(node.directory)
    receiving.register()
    phrases.register()
    showing.register()
    messages.register()
    paper.register()
    places.register()
    sources.register()
    imported.register()
    onward.register_charts("charts:onto", "charts:new")
    register_place(DRAFT, attaching.place_of_draft)
    register_place(ITEM, threads.place_of_item)
    returning.register()
    returning.register_item("message")
    returning.register_item("report", number_is_used)
    backups.register_last_backup(lambda: kept.last(node.directory))
    jobs.register_jobs(lambda: job_standings(node))
    register_own_jobs(node)
