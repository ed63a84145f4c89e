"""The NATS server that a node may run."""

import hashlib
from pathlib import Path

import pytest

from borderliaison.exchange.own_keys.lock import FILE_KEY_BYTES, FileKey
from borderliaison.kernel.ids import OfficeCode
from borderliaison.node import nats
from borderliaison.node.config import BadConfiguration, NodeConfig
from borderliaison.node.serve import parts_of


def test_the_installed_server_is_the_one_that_was_reviewed() -> None:
    nats.check_binary(nats.find_binary())


def test_another_binary_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "nats-server"
    other.write_bytes(b"#!/bin/sh\n")
    monkeypatch.setattr(nats, "KNOWN_BINARIES", {nats.this_platform(): "00"})
    with pytest.raises(nats.HubBinaryError):
        nats.check_binary(other)


def test_a_server_that_nobody_named_does_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "nats-server"
    other.write_bytes(b"#!/bin/sh\n")
    monkeypatch.setattr(nats, "this_platform", lambda: ("Plan9", "mips"))
    with pytest.raises(nats.UnknownHubBinary, match="Plan9 mips, SHA-256 "):
        nats.check_binary(other)


def test_the_administrator_may_name_the_server(tmp_path: Path) -> None:
    other = tmp_path / "nats-server"
    other.write_bytes(b"#!/bin/sh\n")
    named = hashlib.sha256(other.read_bytes()).hexdigest()
    nats.check_binary(other, named)
    with pytest.raises(nats.HubBinaryError):
        nats.check_binary(nats.find_binary(), named)


def test_what_the_setting_names_is_a_hash(tmp_path: Path) -> None:
    settings = tmp_path / "node.toml"
    settings.write_text('office = "KG-BIS"\nhub_sha256 = "DD9B"\n')
    with pytest.raises(BadConfiguration, match="hub_sha256"):
        NodeConfig.load(tmp_path)
    settings.write_text(f'office = "KG-BIS"\nhub_sha256 = "{"0" * 64}"\n')
    assert NodeConfig.load(tmp_path).hub_sha256 == "0" * 64


def test_a_node_whose_hub_nobody_named_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = NodeConfig(tmp_path, OfficeCode("KG-BIS"), serve_hub=True)
    monkeypatch.setattr(nats, "this_platform", lambda: ("Plan9", "mips"))
    with pytest.raises(nats.UnknownHubBinary):
        parts_of(node, FileKey(b"k" * FILE_KEY_BYTES))


def test_the_configuration_is_its_owners_alone_and_knows_nobody_at_first(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    node = NodeConfig(tmp_path, OfficeCode("KG-BIS"), serve_hub=True, hub_port=4300)
    path = nats.write_configuration(node)
    assert path.stat().st_mode & 0o077 == 0
    text = path.read_text()
    assert 'listen: "127.0.0.1:4300"' in text
    assert 'authorization { include "./hub.users" }' in text
    assert "max_payload: 8388608" in text
