"""``blo node systemd``: a unit that systemd takes, and that gives the node no more than it needs."""

import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from borderliaison.cli.node import node as node_command
from borderliaison.node.config import NodeConfig
from borderliaison.node.systemd import Service, UnsafePath, unit_for


def node(directory: Path, *lines: str) -> NodeConfig:
    directory.mkdir(exist_ok=True)
    (directory / "node.toml").write_text("\n".join(['office = "KG-BDB"', *lines, ""]))
    return NodeConfig.load(directory)


def service(unit: str) -> dict[str, str]:
    """Read the unit's service; a key that stands twice is an error."""
    parser = RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # systemd minds the case
    parser.read_string(unit)
    return dict(parser["Service"])


def test_the_unit_gives_no_more_than_the_node_needs(tmp_path: Path) -> None:
    config = node(tmp_path / "n", 'backup_to = "/srv/backups"', 'unlock_credential = "../n.unlock"')
    found = service(unit_for(config, Service("liaison")))
    assert found["User"] == "liaison"
    assert found["ExecStart"].endswith(f"/blo serve --node {config.directory}")
    assert found["LoadCredential"] == f"blo-office-keys:{tmp_path.resolve() / 'n.unlock'}"
    assert found["ReadWritePaths"] == f"{config.directory} /srv/backups"
    assert found["CapabilityBoundingSet"] == ""
    assert "AmbientCapabilities" not in found
    for name in ("NoNewPrivileges", "PrivateTmp", "RestrictSUIDSGID", "LockPersonality"):
        assert found[name] == "yes"
    assert (found["ProtectSystem"], found["LimitCORE"], found["UMask"]) == ("strict", "0", "0077")


def test_a_low_port_is_the_only_thing_that_a_capability_is_given_for(tmp_path: Path) -> None:
    found = service(unit_for(node(tmp_path / "n", "port = 443"), Service()))
    assert found["CapabilityBoundingSet"] == "CAP_NET_BIND_SERVICE"
    assert found["AmbientCapabilities"] == "CAP_NET_BIND_SERVICE"


def test_the_credential_that_is_said_counts_and_another_way_is_told(tmp_path: Path) -> None:
    config = node(tmp_path / "n")
    said = Path("/etc/blo/office.credential")
    found = service(unit_for(config, Service(credential=said)))
    assert found["LoadCredential"] == f"blo-office-keys:{said}"
    shown = CliRunner().invoke(node_command, ["systemd", "--node", str(config.directory)])
    assert shown.exit_code == 0
    assert "LoadCredential" not in shown.stdout
    assert "blo node keys lock" in shown.stderr


@pytest.mark.parametrize("name", ["a b", "a;b", 'a"b', "a\nb"])
def test_a_path_cannot_bring_another_line_into_the_unit(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsafePath):
        unit_for(node(tmp_path / name), Service())


def test_a_unit_is_never_written_over_another(tmp_path: Path) -> None:
    config, out = node(tmp_path / "n"), tmp_path / "blo.service"
    told = ["systemd", "--node", str(config.directory), "--out", str(out)]
    assert CliRunner().invoke(node_command, told).exit_code == 0
    written = out.read_text()
    assert CliRunner().invoke(node_command, told).exit_code == 1
    assert out.read_text() == written


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    for number, line in enumerate(("port = 443", 'backup_to = "/srv/backups"')):
        out = tmp_path / f"border-liaison-{number}.service"
        out.write_text(unit_for(node(tmp_path / f"n{number}", line), Service("root")))
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", out],
            check=False,
            capture_output=True,
            text=True,
        )
        said = [one for one in done.stderr.splitlines() if out.name in one]
        assert (done.returncode, said) == (0, []), done.stderr
