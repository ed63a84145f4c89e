"""``node.toml``: what is read, and how a mistake is told."""

from pathlib import Path

import pytest

from borderliaison.node.config import BadConfiguration, NodeConfig


def _load(directory: Path, text: str) -> NodeConfig:
    (directory / "node.toml").write_text(text, encoding="utf-8")
    return NodeConfig.load(directory)


def test_only_the_office_has_to_be_said(tmp_path: Path) -> None:
    node = _load(tmp_path, 'office = "KG-BDB"')
    assert (node.office, node.host, node.database_url) == ("KG-BDB", "127.0.0.1", "sqlite")
    assert not node.serve_hub
    assert not node.demo


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "`office` is missing"),
        ('office = "KG-BDB"\nprot = 1', "unknown setting 'prot'"),
        ('office = "KG-BDB"\nport = "8400"', "'port' should be int"),
        ('office = "KG-BDB"\ndemo = 1', "'demo' should be bool"),
        ("office = ", "node.toml"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadConfiguration, match=told):
        _load(tmp_path, text)


def test_a_folder_without_a_node_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="blo node init"):
        NodeConfig.load(tmp_path)


def test_the_hub_of_this_node_is_reached_on_this_machine(tmp_path: Path) -> None:
    node = _load(tmp_path, 'office = "KG-BIS"\nserve_hub = true\nhub_port = 4300')
    assert node.nats_url == "nats://127.0.0.1:4300"
    node = _load(tmp_path, 'office = "KG-BIS"\nserve_hub = true\nhub_host = "0.0.0.0"')
    assert node.nats_url == "nats://127.0.0.1:4222"


def test_another_hub_is_reached_as_it_is_written(tmp_path: Path) -> None:
    node = _load(tmp_path, 'office = "KG-BDB"\nhub_url = "nats://5ec@hub:4222"')
    assert node.nats_url == "nats://5ec@hub:4222"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('host = "0.0.0.0"', "in the clear"),
        ('host = "10.0.0.7"\naddress = "https://blo.example"', "in the clear"),
        ('address = "http://blo.example"', "https://"),
        ('tls_certificate = "chain.pem"', "go together"),
        ('tls_certificate = "chain.pem"\ntls_key = "key.pem"', "https://"),
        ('serve_hub = true\nhub_host = "10.0.0.7"', "links would cross"),
        ('hub_url = "nats://hub.example:4222"', "links would cross"),
        ('[exchange.tls]\nca = "ca.pem"', "needs ca, certificate and key"),
        (
            '[exchange.tls]\nca = "ca.pem"\ncertificate = "link.pem"\nkey = "link.key"',
            "no file ca.pem",
        ),
        ('unlock_credential = "keys/unlock"', "outside"),
    ],
)
def test_what_would_be_unsafe_is_not_served(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadConfiguration, match=told):
        _load(tmp_path, f'office = "KG-BDB"\n{text}').check_safe()


@pytest.mark.parametrize(
    "text",
    [
        "",
        'address = "https://blo.example"',
        'host = "0.0.0.0"\naddress = "https://blo.example"\n'
        'tls_certificate = "chain.pem"\ntls_key = "key.pem"',
    ],
)
def test_loopback_a_proxy_and_tls_are_served(tmp_path: Path, text: str) -> None:
    _load(tmp_path, f'office = "KG-BDB"\n{text}').check_safe()


def test_pages_may_be_asked_for_by_the_name_that_officers_open(tmp_path: Path) -> None:
    node = _load(tmp_path, 'office = "KG-BDB"\naddress = "https://blo.example:8443"')
    assert "blo.example" in node.host_names
    assert node.is_encrypted
