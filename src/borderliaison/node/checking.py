"""Whether a node can be served on its database as it is now."""

from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from borderliaison.kernel.errors import LiaisonError
from borderliaison.node.config import NodeConfig
from borderliaison.offices.services import find_office
from borderliaison.offices.trust.keys import SignedDirectory
from borderliaison.offices.trust.pinning import pinned_authority


class NodeNotInOrder(LiaisonError):
    """Something of the node is not in order."""

    code = "E-CHK-01"


def check_node(node: NodeConfig) -> None:
    """Check settings, tables, references, the network, the pinned authority and its directories.

    Raises:
        NodeNotInOrder: something is not in order; says what.
        LiaisonError: the network has no such office, or no authority is pinned.
    """
    found = checks.run_checks(include_deployment_checks=True, databases=["default"])
    errors = [one for one in found if one.level >= checks.ERROR]
    if errors:
        raise NodeNotInOrder("; ".join(f"{one.id}: {one.msg}" for one in errors))
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NodeNotInOrder("migrations wait to be applied")
    connection.check_constraints()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            if cursor.fetchone() != ("ok",):
                raise NodeNotInOrder("the database file is damaged")
    find_office(node.office)
    pinned_authority(node.directory)
    SignedDirectory().snapshot()
