"""A real NATS server with the users of the directory: each office has its own subjects, and no other."""

import asyncio
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nats import errors as nats_errors
from nats.aio.client import Client

from borderliaison.exchange.carriers.nats import (
    NatsCarrier,
    _OfficeClient,
    inbox,
    subject,
)
from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.ports import Answer, Channel
from borderliaison.kernel.durable import write_whole
from borderliaison.kernel.ids import AgencyCode, OfficeCode
from borderliaison.kernel.keys import SealSuite
from borderliaison.kernel.nkeys import user_nkey
from borderliaison.node import nats
from borderliaison.node.broker import users_file, users_of
from borderliaison.node.config import NodeConfig
from borderliaison.offices.desk.certificates import (
    AUTHORITY_CERTIFICATE,
    certify,
    make_link_request,
    read_link_request,
    requested_office,
)
from borderliaison.offices.desk.key import WrongPassphrase
from borderliaison.offices.directory.listed import FOREVER, ListedOffice, RetiredKey
from borderliaison.offices.errors import BadRequest
from tests.node.nodes import workshop
from tests.ports import free_port

BIS, BDB, DST = OfficeCode("KG-BIS"), OfficeCode("KG-BDB"), OfficeCode("KG-DST")
LIMIT_S = 30.0
ANSWER_S = 3


def ring(office: OfficeCode, generations: int = 1) -> Keyring:
    keys = [OfficeKeys.generate(SealSuite.X25519) for _ in range(generations)]
    return Keyring(office, keys)


def listed(held: Keyring) -> ListedOffice:
    return ListedOffice(held.public, (AgencyCode("KG-BOR"),))


class Server:
    """The hub of a node, with the configuration that the node writes."""

    def __init__(self, folder: Path, **settings: str) -> None:
        (folder / "run").mkdir(exist_ok=True)
        self.node = NodeConfig(folder, BIS, serve_hub=True, hub_port=free_port(), **settings)  # type: ignore[arg-type]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *offices: ListedOffice) -> None:
        write_whole(users_file(self.node), users_of(offices))
        self.process = subprocess.Popen(
            [nats.find_binary(), "-c", nats.write_configuration(self.node)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def refusals(self) -> int:
        """Return how many connections ended because of their certificates, or for want of any."""
        log = self.node.run_directory / "hub.log"
        return log.read_bytes().count(b"TLS handshake error")

    def know(self, *offices: ListedOffice) -> None:
        """Let the running server know others."""
        write_whole(users_file(self.node), users_of(offices))
        assert self.process is not None
        self.process.send_signal(1)  # SIGHUP

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def server() -> Iterator[Server]:
    with workshop() as folder:
        made = Server(folder)
        try:
            yield made
        finally:
            made.stop()


async def until(true: Callable[[], bool], what: str) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not true():
            await asyncio.sleep(0.02)
    assert true(), what


async def open_office(server: Server, held: Keyring) -> NatsCarrier:
    """Connect an office that answers everything with its own code."""
    carrier = NatsCarrier(server.node.nats_url, held, server.node.link_context())

    async def receive(_: Channel, data: bytes, answer: Answer) -> None:
        await answer(held.office.encode() + b" got " + data)

    await carrier.open(held.office, receive, lambda _: None)
    return carrier


async def raw(server: Server, held: Keyring, errors: list[str]) -> Client:
    """Connect with an office's keys, and nothing of the carrier's good manners."""

    async def failed(error: Exception) -> None:
        errors.append(str(error))

    client = _OfficeClient(held)
    async with asyncio.timeout(LIMIT_S):
        await client.connect(
            server.node.nats_url,
            nkeys_seed_str="of the keyring",
            error_cb=failed,
            inbox_prefix=inbox(held.office),
        )
    return client


async def attempt(node: NodeConfig, held: Keyring, tls: ssl.SSLContext | None = None) -> None:
    """Connect once with an office's keys, be answered, and go away."""
    client = _OfficeClient(held)
    try:
        await client.connect(
            node.nats_url,
            nkeys_seed_str="of the keyring",
            tls=tls,
            inbox_prefix=inbox(held.office),
            allow_reconnect=False,
            connect_timeout=int(LIMIT_S),
        )
        # a door shut between the greeting and this question answers nothing at all
        await client.flush(ANSWER_S)
    finally:
        # after a handshake that failed, the closing of its connection may never be told
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_S):
                await client.close()


def is_let_in(trying: asyncio.Task[None]) -> bool:
    return trying.done() and trying.exception() is None


async def until_shut_out(node: NodeConfig, held: Keyring) -> None:
    """Wait until the hub refuses an office's keys, which it may not have read of yet."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            try:
                await attempt(node, held)
            except nats_errors.Error as error:
                if "authorization" in str(error).lower():
                    return
            except (OSError, TimeoutError):
                pass
            await asyncio.sleep(0.1)


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def in_time() -> None:
        async with asyncio.timeout(3 * LIMIT_S):
            await work()

    asyncio.run(in_time())


def test_an_nkey_is_what_nats_calls_it() -> None:
    # the example of the NATS documentation has this form; the server itself accepts ours below
    assert user_nkey(bytes(32)).startswith("U")
    assert len(user_nkey(bytes(32))) == 56


def test_offices_of_the_directory_reach_each_other_and_nobody_else_connects(
    server: Server,
) -> None:
    bdb, dst, stranger = ring(BDB), ring(DST), ring(BDB)
    server.start(listed(bdb), listed(dst))

    async def work() -> None:
        one, other = await open_office(server, bdb), await open_office(server, dst)
        unknown = await open_office(server, stranger)
        await until(lambda: one.connected and other.connected, "both are connected")
        said = await one.request(DST, Channel.FRAME, b"a frame", LIMIT_S)
        assert said == b"KG-DST got a frame"
        assert await other.request(BDB, Channel.PING, b"", LIMIT_S) == b"KG-BDB got "
        assert not unknown.connected
        for carrier in (one, other, unknown):
            await carrier.close()

    run(work)


def test_an_office_hears_and_says_only_what_is_its_own(server: Server) -> None:
    bdb, dst, bis = ring(BDB), ring(DST), ring(BIS)
    server.start(listed(bdb), listed(dst), listed(bis))

    async def work() -> None:
        one, other = await open_office(server, bdb), await open_office(server, bis)
        await until(lambda: one.connected and other.connected, "both are connected")
        errors: list[str] = []
        overheard: list[bytes] = []
        spy = await raw(server, dst, errors)

        async def hear(message: object) -> None:
            overheard.append(message.data)  # type: ignore[attr-defined]

        others = [subject(BDB, Channel.FRAME), "bl1.>", ">", f"{inbox(BDB)}.>", "_INBOX.>"]
        for name in others:
            await spy.subscribe(name, cb=hear)
        await spy.flush()
        await until(lambda: len(errors) == len(others), "each of them is refused")
        assert all("permissions violation" in error.lower() for error in errors)
        said = await other.request(BDB, Channel.FRAME, b"for Bor-Dobo alone", LIMIT_S)
        assert said == b"KG-BDB got for Bor-Dobo alone"
        errors.clear()
        for name in (subject(DST, Channel.FRAME), f"{inbox(BDB)}.made.up", "bl1.KG-BDB.other"):
            await spy.publish(name, b"forged")
        await spy.flush()
        await until(lambda: len(errors) == 3, "nor may it say anything there")
        assert overheard == []
        await spy.close()
        for carrier in (one, other):
            await carrier.close()

    run(work)


def test_an_office_that_is_listed_no_more_is_shown_the_door_and_let_in_again(
    server: Server,
) -> None:
    bdb, dst = ring(BDB), ring(DST)
    server.start(listed(bdb), listed(dst))

    async def work() -> None:
        one, other = await open_office(server, bdb), await open_office(server, dst)
        await until(lambda: one.connected and other.connected, "both are connected")
        server.know(listed(dst))
        await until(lambda: not one.connected, "it is shown the door")
        assert other.connected
        server.know(listed(bdb), listed(dst))
        await until(lambda: one.connected, "it comes back by itself")
        for carrier in (one, other):
            await carrier.close()

    run(work)


def test_new_keys_connect_whether_the_hub_knows_them_or_the_earlier_ones(server: Server) -> None:
    held = ring(BDB, 2)
    old, new = held.publics
    thief = Keyring(BDB, held.generations[:1])
    server.start(replace(listed(held), public=old))

    async def work() -> None:
        held.use(new.kid)
        carrier = await open_office(server, held)
        await until(lambda: carrier.connected, "the earlier key opens the door")
        earlier = RetiredKey(old.sign_key, old.link_key, FOREVER)
        server.know(replace(listed(held), public=new, retired=(earlier,)))
        again = await open_office(server, held)
        await until(lambda: again.connected and carrier.connected, "so does the new one")
        await attempt(server.node, thief)
        server.know(replace(listed(held), public=new))
        await until_shut_out(server.node, thief)
        await until(lambda: again.connected and carrier.connected, "and the new one alone")
        for one in (carrier, again):
            await one.close()

    run(work)


def test_where_nobody_is_listed_nobody_connects(server: Server) -> None:
    server.start()
    run(lambda: until_shut_out(server.node, ring(BDB)))


@dataclass(frozen=True)
class Paper:
    """Certificates of one authority."""

    folder: Path
    country: str

    @property
    def ca(self) -> Path:
        return self.folder / self.country / AUTHORITY_CERTIFICATE

    def certify(self, held: Keyring, *names: str) -> tuple[Path, Path]:
        """Certify a machine; return its certificate and its key."""
        desk = self.folder / self.country
        desk.mkdir(exist_ok=True)
        key, request = make_link_request(held.office, names, held.keys.signing_key)
        asked = read_link_request(request, held.public)
        made = certify(desk, asked, "seven passes", datetime.now(UTC), 30)
        certificate = desk / f"{held.office}.pem"
        certificate.write_bytes(made)
        certificate.with_suffix(".key").write_bytes(key)
        return certificate, certificate.with_suffix(".key")


def test_beyond_this_machine_only_a_certificate_of_a_known_authority_connects() -> None:
    with workshop() as folder:
        kg, xx = Paper(folder, "kg"), Paper(folder, "xx")
        bis, bdb = ring(BIS), ring(BDB)
        certificate, key = kg.certify(bis, "127.0.0.1", "localhost")
        served = Server(
            folder,
            exchange_tls_ca=str(kg.ca),
            exchange_tls_certificate=str(certificate),
            exchange_tls_key=str(key),
        )
        served.node.check_safe()
        served.start(listed(bdb), listed(bis))
        url = served.node.nats_url

        def context(paper: Paper, trusted: Paper) -> ssl.SSLContext:
            own = paper.certify(bdb)
            made = NodeConfig(
                folder,
                BDB,
                hub_url=url,
                exchange_tls_ca=str(trusted.ca),
                exchange_tls_certificate=str(own[0]),
                exchange_tls_key=str(own[1]),
            ).link_context()
            assert made is not None
            return made

        right = context(kg, kg)
        wrong = {
            "in the clear": None,
            "without a certificate": ssl.create_default_context(cafile=kg.ca),
            "with a stranger's certificate": context(xx, kg),
            "to a hub that it does not know": context(kg, xx),
        }

        async def work() -> None:
            async def receive(*_: object) -> None:
                return None

            one = NatsCarrier(url, bdb, right)
            own = NatsCarrier(url, bis, served.node.link_context())
            await one.open(BDB, receive, lambda _: None)
            await own.open(BIS, receive, lambda _: None)
            await until(lambda: one.connected and own.connected, "the right ones")
            for how, tls in wrong.items():
                before = served.refusals()
                trying = asyncio.create_task(attempt(served.node, bdb, tls))
                await until(
                    lambda t=trying, n=before: served.refusals() > n or t.done(), "an answer"
                )
                assert not is_let_in(trying), how
                trying.cancel()
                await asyncio.gather(trying, return_exceptions=True)
            for carrier in (one, own):
                await carrier.close()

        try:
            run(work)
        finally:
            served.stop()


def test_a_request_for_a_certificate_is_the_offices_own() -> None:
    bdb, other = ring(BDB), ring(BDB)
    _, request = make_link_request(BDB, (), other.keys.signing_key)
    with pytest.raises(BadRequest):
        read_link_request(request, bdb.public)
    _, request = make_link_request(DST, (), bdb.keys.signing_key)
    assert requested_office(request) == DST
    for data in (request, b"noise", b"\x00" * 70_000):
        with pytest.raises(BadRequest):
            read_link_request(data, bdb.public)


def test_the_authoritys_key_for_links_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    bdb = ring(BDB)
    Paper(tmp_path, "kg").certify(bdb)
    asked = read_link_request(make_link_request(BDB, (), bdb.keys.signing_key)[1], bdb.public)
    for wrong in ("", "six passes"):
        with pytest.raises(WrongPassphrase):
            certify(tmp_path / "kg", asked, wrong, datetime.now(UTC), 30)
    assert (tmp_path / "kg" / "link-ca.key").stat().st_mode & 0o077 == 0
