"""The steps of ``docs/howto/keys-and-links.md``, as they are written there."""

import json
import ssl
from pathlib import Path

import pytest

from borderliaison.node.config import NodeConfig
from tests.node.nodes import authority, blo, init, workshop
from tests.ports import free_port

# the page makes a node where no database is named: on SQLite
pytestmark = [pytest.mark.timeout(600), pytest.mark.once]


def states(node: Path) -> list[str]:
    return [
        one["state"] for one in json.loads(blo("node", "keys", "show", "--node", node, "--json"))
    ]


def test_new_keys_a_stolen_pc_and_a_certificate() -> None:
    with workshop() as folder:
        kg, node, out = folder / "kg", folder / "n", folder / "KG.directory"
        key = authority(kg)
        init(node, "KG-BDB", key, "--port", str(free_port()), "--suite", "x25519")

        def publish() -> str:
            blo("authority", "publish", kg, "--out", out)
            return blo("directory", "import", out, "--node", node)

        blo("authority", "enrol", kg, node / "enrolment.request", "--yes")
        publish()
        assert states(node) == ["in use"]

        # new keys for an office
        made = json.loads(blo("node", "keys", "rotate", "--node", node, "--json"))
        again = json.loads(blo("node", "keys", "rotate", "--node", node, "--json"))
        assert (made["new"], again["new"]) == (True, False)
        assert made["fingerprint"] == again["fingerprint"]
        assert states(node) == ["in use", "waits for the authority"]
        request = node / "rotation.request"
        blo("authority", "rotate", kg, request, "--fingerprint", "0" * 40, expect=1)
        blo("authority", "rotate", kg, request, "--fingerprint", made["fingerprint"])
        publish()
        assert states(node) == ["in use", "listed, signs later"]
        shown = json.loads(blo("authority", "show", kg, "--json"))["offices"][0]
        assert [one["kid"] for one in shown["retired"]] != []

        # encrypted links
        blo("node", "keys", "tls", "--name", "hub.example", "--node", node)
        blo("authority", "certificate", kg, node / "link.request", "--out", node / "keys/link.pem")
        (node / "keys" / "link-ca.pem").write_bytes((kg / "link-ca.pem").read_bytes())
        with (node / "node.toml").open("a") as settings:
            settings.write(
                '\n[exchange.tls]\nca = "keys/link-ca.pem"\ncertificate = "keys/link.pem"\n'
                'key = "keys/link.key"\n'
            )
        config = NodeConfig.load(node)
        config.check_safe()
        assert isinstance(config.link_context(), ssl.SSLContext)

        # a PC was stolen
        blo(
            "authority", "revoke", kg, "KG-BDB", "--office", "--reason", "stolen",
            "--since", "2026-05-10", "--yes",
        )  # fmt: skip
        publish()
        assert states(node) == ["revoked", "revoked"]
        warned = json.loads(blo("directory", "show", "--node", node, "--json"))["warnings"]
        assert [one["kind"] for one in warned] == ["keys_revoked"]
        fresh = json.loads(blo("node", "keys", "rotate", "--node", node, "--json"))
        assert not fresh["vouched"]
        told = ("--fingerprint", fresh["fingerprint"])
        blo("authority", "enrol", kg, request, *told)
        publish()
        assert states(node) == ["revoked", "revoked", "in use"]
        shown = json.loads(blo("authority", "show", kg, "--json"))
        assert {one["reason"] for one in shown["revoked"]} == {"stolen"}

        # only one key
        gone = shown["offices"][0]["kid"]
        words = ("authority", "revoke", kg, "KG-BDB", "--reason", "lost", "--yes")
        blo(*words, expect=2)
        blo(*words, "--key", "noise", expect=2)
        blo(*words, "--key", "00" * 16, expect=1)
        blo(*words, "--key", gone)
        assert json.loads(blo("authority", "show", kg, "--json"))["offices"] == []
