"""The NATS server that a node may run."""

from pathlib import Path

import pytest

from borderliaison.kernel.ids import OfficeCode
from borderliaison.node import nats
from borderliaison.node.config import NodeConfig


def test_the_installed_server_is_the_one_that_was_reviewed() -> None:
    assert nats.check_binary(nats.find_binary()) == (nats.this_platform() in nats.KNOWN_BINARIES)


def test_another_binary_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "nats-server"
    other.write_bytes(b"#!/bin/sh\n")
    monkeypatch.setattr(nats, "KNOWN_BINARIES", {nats.this_platform(): "00"})
    with pytest.raises(nats.HubBinaryError):
        nats.check_binary(other)


def test_the_configuration_is_its_owners_alone_and_knows_nobody_at_first(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    node = NodeConfig(tmp_path, OfficeCode("KG-BIS"), serve_hub=True, hub_port=4300)
    path = nats.write_configuration(node)
    assert path.stat().st_mode & 0o077 == 0
    text = path.read_text()
    assert 'listen: "127.0.0.1:4300"' in text
    assert 'authorization { include "./hub.users" }' in text
    assert "max_payload: 8388608" in text
