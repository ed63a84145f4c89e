"""Writing ``node.toml``: a value as TOML has it, and one setting changed with all others kept."""

from pathlib import Path
from typing import Any

from borderliaison.kernel.durable import write_whole


def toml_value(value: Any) -> str:
    """Return a text, a number or a yes and no as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def with_setting(path: Path, name: str, value: Any) -> None:
    """Set one setting in a ``node.toml``, whole or not at all; other lines and comments stay.

    The file has no tables, so each setting is a line.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    line = f"{name} = {toml_value(value)}"
    at = [n for n, one in enumerate(lines) if one.partition("=")[0].strip() == name]
    if at:
        lines[at[0]] = line
    else:
        lines.append(line)
    write_whole(path, "\n".join([*lines, ""]))
