"""A node to test on, in a directory of its own.

SQLite by default. ``BLO_TEST_DB=postgres`` starts a PostgreSQL server for the run;
``BLO_TEST_DATABASE_URL`` names one that is there already.
"""

import atexit
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import hypothesis
import pytest
import pytest_django
from django.conf import settings
from django.db import connection

from tools.messages import compile_all

# A busy machine is slow: how long an example takes says nothing. CI draws the same examples each time.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis.settings.load_profile("house")

TESTS = Path(__file__).parent
NODES = "tests.node.nodes"
"""Whoever takes something from there makes nodes on databases of the run's server."""

_DIRECTORY = Path(tempfile.mkdtemp(prefix="blo-test-"))
atexit.register(shutil.rmtree, _DIRECTORY, ignore_errors=True)


def _database_url() -> str:
    """Return the database to test on; the workers of one run inherit the server of their parent."""
    if os.environ.get("BLO_TEST_DB") == "postgres" and "BLO_TEST_DATABASE_URL" not in os.environ:
        from tests.postgres import TestServer

        server = TestServer()
        atexit.register(server.stop)
        os.environ["BLO_TEST_DATABASE_URL"] = server.url
    return os.environ.get("BLO_TEST_DATABASE_URL", "sqlite")


def _make_node(database_url: str) -> None:
    (_DIRECTORY / "keys").mkdir()
    (_DIRECTORY / "run").mkdir()
    (_DIRECTORY / "keys" / "web.secret").write_text(secrets.token_urlsafe(64), encoding="ascii")
    (_DIRECTORY / "node.toml").write_text(
        f'office = "KG-BDB"\ndemo = true\ndatabase_url = "{database_url}"\n', encoding="utf-8"
    )
    os.environ["BLO_NODE"] = str(_DIRECTORY)
    os.environ["DJANGO_SETTINGS_MODULE"] = "borderliaison.node.settings"


if "PYTEST_XDIST_WORKER" not in os.environ:
    compile_all()
# Commands that may not keep what Python compiled take more than twice as long to start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
_make_node(_database_url())
django.setup()
from tests.erasing import let_tests_erase_audit_lines

let_tests_erase_audit_lines()


def pytest_configure(config: pytest.Config) -> None:
    """Let each worker of a parallel run make a node of its own instead of inheriting this one."""
    if config.getoption("numprocesses", None):
        for name in ("BLO_NODE", "DJANGO_SETTINGS_MODULE"):
            os.environ.pop(name, None)


@pytest.fixture
def node_directory() -> Path:
    """The directory of the node that the tests run in."""
    return Path(settings.NODE.directory)


@pytest.fixture(autouse=True)
def _nothing_held_before() -> Iterator[None]:
    """Forget which directories a test has held: its database goes back after it."""
    yield
    (settings.NODE.state_directory / "directories").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _no_graph_of_before() -> Iterator[None]:
    """Forget the graph of the records: the numbers of its sources come again."""
    yield
    store = sys.modules.get("borderliaison.records.graph.store")
    if store is not None:
        store.forget()


@pytest.fixture(autouse=True)
def _no_request_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """End what a server of the test is still asking: it stands in the way of emptying the tables."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    _hang_up_on_others()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Make the run's database; a connection left open does not keep it from being dropped."""
    yield
    with django_db_blocker.unblock():
        _hang_up_on_others()


def _hang_up_on_others() -> None:
    """End the other connections to a run's PostgreSQL database: emptying it can deadlock with them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left with it alone at the end.

    On PostgreSQL leave out what a run on SQLite has shown as well as it can be shown.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if os.environ.get("BLO_TEST_DATABASE_URL", "sqlite") == "sqlite":
        return
    shown = [item for item in items if _is_shown_by_sqlite(item)]
    config.hook.pytest_deselected(items=shown)
    left_out = {id(item) for item in shown}
    items[:] = [item for item in items if id(item) not in left_out]


def _is_shown_by_sqlite(item: pytest.Item) -> bool:
    """Return whether a test asks the run's database nothing, or nothing else than on SQLite.

    Pages in a browser are shown once; those that make nodes of their own take the run's database for them.
    """
    if any(item.get_closest_marker(name) for name in ("once", "browser")):
        return True
    fixtures = {"db", "transactional_db", "live_server"}.intersection(
        getattr(item, "fixturenames", ())
    )
    if item.get_closest_marker("django_db") or fixtures:
        return False
    taken = {getattr(one, "__module__", "") for one in vars(getattr(item, "module", item)).values()}
    return item.path.relative_to(TESTS).parts[0] != "faults" and NODES not in taken


def pytest_report_header() -> str:
    """Say which database the run is on."""
    return f"database: {os.environ.get('BLO_TEST_DATABASE_URL', 'sqlite').partition(':')[0]}"
