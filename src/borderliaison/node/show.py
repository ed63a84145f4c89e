"""What a node is, for its administrator. Private keys are not read."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from borderliaison import __version__
from borderliaison.node.config import NodeConfig
from borderliaison.node.init import REQUEST_NAME
from borderliaison.offices.directory import enrolment
from borderliaison.offices.errors import NoPinnedAuthority
from borderliaison.offices.trust.pinning import pinned_authority


def describe(node: NodeConfig) -> dict[str, Any]:
    """Return the facts of a node, in the order in which to show them."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {
        "office": node.office,
        "version": __version__,
        "directory": str(node.directory),
        "pages": node.url,
        "database": connection.vendor,
        "migrations waiting": len(waiting),
        "hub": f"here, {node.hub_host}:{node.hub_port}" if node.serve_hub else _without_token(node),
        "keys": _fingerprint(node),
        "authority": _authority(node),
        "demo": node.demo,
    }


def _without_token(node: NodeConfig) -> str:
    scheme, _, rest = node.nats_url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _fingerprint(node: NodeConfig) -> str:
    request = node.directory / REQUEST_NAME
    if not request.exists():
        return "no request for enrolment is kept here"
    return enrolment.read_request(request.read_bytes()).fingerprint


def _authority(node: NodeConfig) -> str:
    try:
        pinned = pinned_authority(node.directory)
    except NoPinnedAuthority:
        return "none is pinned"
    return f"{pinned.authority}: {pinned.fingerprint}"
