"""The reference pages that are written from the code, and the links of all pages.

``python -m tools.docs`` writes each of ``pages`` into ``docs/reference`` again and checks links.
A test compares the pages with the code, so that neither runs ahead of the other.
"""

import dataclasses
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from borderliaison.cli import Exit, blo
from borderliaison.node.config import NODE_VARIABLE, NodeConfig
from borderliaison.node.files import FILES
from borderliaison.node.log_actions import ACTIONS
from borderliaison.node.logs import EVENTS
from borderliaison.web.families import FAMILIES
from tools.api_page import api_page
from tools.form_pages import network_forms_page
from tools.log_calls import log_calls
from tools.network_page import network_page

ROOT: Final = Path(__file__).resolve().parent.parent
REFERENCE: Final = ROOT / "docs" / "reference"
WRITTEN: Final = "<!-- Written by `make docs` from the code; do not edit. -->"
_LINK: Final = re.compile(r"\]\(([^)\s]+)\)")


def pages() -> dict[str, str]:
    """Return the written pages by file name."""
    return {
        "cli.md": cli_page(),
        "settings.md": settings_page(),
        "logs.md": logs_page(),
        "metrics.md": metrics_page(),
        "network.md": network_page(WRITTEN),
        "network-forms.md": network_forms_page(WRITTEN),
        "api.md": api_page(WRITTEN),
    }


def cli_page() -> str:
    """Return the page of all commands."""
    lines = [
        "# The commands of `blo`", WRITTEN, "",
        "Data goes to stdout, words to stderr as `blo: error: …` and `blo: hint: …`. An error ends"
        " with the code that an officer can quote on the telephone. Errors and their hints are in the"
        " language that `LANG` names, English or Russian; commands, their help and usage, and data are"
        " English in every language.", "",
        "| exit code | |", "|---|---|",
    ]  # fmt: skip
    lines += [f"| {code.value} | {_sentence(code)} |" for code in Exit]
    for path, command in _commands(blo, ("blo",)):
        lines += ["", f"{'#' * min(len(path) + 1, 4)} `{' '.join(path)}`", ""]
        lines += [_paragraphs(command.help or "")]
        rows = [row for row in _parameters(command) if row]
        if rows:
            lines += ["", "| | |", "|---|---|", *rows]
    return "\n".join(lines) + "\n"


def _sentence(code: Exit) -> str:
    """Return what stands below a member of ``Exit`` in its source."""
    source = Path(sys.modules[Exit.__module__].__file__ or "").read_text(encoding="utf-8")
    found = re.search(rf'{code.name} = {code.value}\n    """(.+?)"""', source)
    assert found, code  # noqa: S101  # a member without its sentence
    return found.group(1)


def _commands(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _commands(child, (*path, name))


def _parameters(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    for one in command.params:
        if isinstance(one, click.Argument):
            yield f"| `{one.make_metavar(context)}` | argument |"
        elif isinstance(one, click.Option) and not one.hidden:
            record = one.get_help_record(context)
            if record:
                yield f"| `{record[0]}` | {record[1]} |".replace("||", "|")


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def settings_page() -> str:
    """Return the page of ``node.toml`` and of the environment."""
    meaning = _attributes(NodeConfig.__doc__ or "")
    lines = [
        "# Settings of a node", WRITTEN, "",
        "`node.toml` in the node's own directory, written by `blo node init`, mode 0600. A setting"
        " that is not in this table is refused at start.", "",
        "| setting | default | |", "|---|---|---|",
    ]  # fmt: skip
    for one in dataclasses.fields(NodeConfig):
        if one.name == "directory":
            continue
        needed = one.default is dataclasses.MISSING
        default = "must be given" if needed else f"`{_toml(one.default)}`"
        lines.append(f"| `{one.name}` | {default} | {meaning[one.name]} |")
    lines += [
        "", "## Environment", "", "| variable | |", "|---|---|",
        f"| `{NODE_VARIABLE}` | The node's directory, for every command that takes `--node`. |",
        "", "## Files of a node", "", "| file | | backup |", "|---|---|---|",
    ]  # fmt: skip
    lines += [f"| `{one.name}` | {one.meaning} | {one.keep.value} |" for one in FILES]
    return "\n".join(lines) + "\n"


def _attributes(text: str) -> dict[str, str]:
    """Return the ``Attributes`` of a docstring: name and meaning."""
    _, _, listed = text.partition("Attributes:\n")
    found: dict[str, str] = {}
    for line in listed.splitlines():
        begins = re.match(r"\s+(\w+): (.+)", line)
        if begins:
            found[begins[1]] = begins[2].strip()
        elif line.strip() and found:
            found[next(reversed(found))] += " " + line.strip()
    return {name: meaning.replace("``", "`") for name, meaning in found.items()}


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value!r}".replace("'", '"')


def logs_page() -> str:
    """Return the page of all events that are logged."""
    lines = [
        "# The log", WRITTEN, "",
        "One JSON object a line on stderr. Identifiers and codes only: never a name, a text or a"
        " query. `timestamp` is UTC; `level` and `part`, the process, are on every line. What a"
        " library says is reduced to its place. An event that is not in this table cannot be logged.",
        "", "| event | level | fields | meaning | what to do |", "|---|---|---|---|---|",
    ]  # fmt: skip
    levels: dict[str, set[str]] = {}
    fields: dict[str, set[str]] = {}
    for call in log_calls():
        levels.setdefault(call.event, set()).add(call.level)
        named = set(call.fields) - {"exc_info"}
        named |= {"error", "where"} if "exc_info" in call.fields else set()
        fields.setdefault(call.event, set()).update(named)
    for event, meaning in sorted(EVENTS.items()):
        named = " ".join(f"`{one}`" for one in sorted(fields[event]))
        level = ", ".join(sorted(levels[event]))
        lines.append(f"| `{event}` | {level} | {named} | {meaning} | {ACTIONS.get(event, '')} |")
    return "\n".join(lines) + "\n"


def metrics_page() -> str:
    """Return the page of all figures of ``/metrics``."""
    lines = [
        "# The figures at `/metrics`", WRITTEN, "",
        "For Prometheus, in its text format. They are counts of the whole node for whoever runs the"
        " machine, not for officers: nothing of any content, no officer, no agency. They are closed"
        " until `blo metrics open` makes a token in `keys/metrics.token`; without the file, or where"
        " others than its owner may read it, the address does not exist. The token is the only way"
        " in: where a request comes from opens nothing, since behind a proxy all come from the same"
        " machine. Until the worker has looked whether the database is an old copy, the answer is"
        " 503.", "",
        "```yaml", "scrape_configs:", "  - job_name: border-liaison", "    scheme: https",
        "    authorization:", "      credentials_file: /etc/prometheus/border-liaison.token",
        "    static_configs:", "      - targets: [blo.example]", "```", "",
        "What was not measured is left out: a rule that waits for it says `absent(…)`.", "",
        "| figure | labels | |", "|---|---|---|",
    ]  # fmt: skip
    for one in FAMILIES:
        labels = ", ".join(f"`{label}`" for label in one.labels)
        lines.append(f"| `{one.name}` | {labels} | {one.words} |")
    lines += [
        "", "## Rules to begin with", "", "| alarm | when |", "|---|---|",
        "| nothing is sent | `blo_oldest_waiting_seconds > 900` |",
        "| a link is down | `blo_link{state=\"down\"} == 1` for 15 minutes |",
        "| the worker is away | `blo_worker_up == 0` for 2 minutes |",
        "| a person must decide | `blo_frozen_streams > 0`, or `blo_forks` grows |",
        "| letters were not taken over here | `blo_letters_received{application=\"failed\"} > 0` |",
        "| the disk fills | `blo_disk_free_bytes / blo_disk_bytes < 0.1` |",
        "| no backup | `absent(blo_backup_age_seconds)`, or it is above 172800 |",
        "| the clock is off | `abs(blo_clock_offset_seconds) > 10` |",
        "| the directory expires | `blo_directory_expires_seconds < 1209600` |",
        "| pages hear late | `blo_feed_lag_seconds > 5` |",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def broken_links() -> list[str]:
    """Return the relative links of all pages that lead nowhere."""
    found = []
    for page in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]):
        for link in _LINK.findall(page.read_text(encoding="utf-8")):
            target = link.partition("#")[0]
            elsewhere = "://" in target or target.startswith("mailto:")
            if target and not elsewhere and not (page.parent / target).exists():
                found.append(f"{page.relative_to(ROOT)}: {link}")
    return found


def main() -> None:
    """Write the pages and tell of broken links."""
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    for link in broken_links():
        print(link)
    sys.exit(1 if broken_links() else 0)


if __name__ == "__main__":
    main()
