"""Reading a YAML file with the line of each value, without YAML's surprises.

``no``, ``on`` and ``041`` stay text: only ``true``, ``false`` and whole numbers without a leading zero
are more than text. Anchors, tags and repeated keys are refused.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from borderliaison.forms.errors import BadFile, Problem

Path = tuple[str | int, ...]
_WHOLE: Final = re.compile(r"^-?(0|[1-9][0-9]{0,17})$")
_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")
)
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read.

    Attributes:
        file: its name, as problems name it.
        data: plain data: mappings, lists, text, whole numbers, booleans.
        lines: the line (from 1) of each value, by its path.
    """

    file: str
    data: Any
    lines: dict[Path, int]

    def problem(self, path: Path, message: str) -> Problem:
        """Return a problem at ``path``, or at the nearest line above it that is known."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Problem(self.file, self.lines.get(known, 1), dotted(path), message)


def dotted(path: Path) -> str:
    """Write a path as people do: ``parts[2].fields[0].type``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "file"


def read_source(text: str, file: str) -> Source:
    """Read YAML text.

    Raises:
        BadFile: it is not YAML, or uses what is refused here.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "not YAML"
        raise BadFile([Problem(file, mark.line + 1 if mark else 1, "file", str(said))]) from error
    reader = _Reader(file)
    data = reader.value(root, ()) if root is not None else None
    if reader.problems:
        raise BadFile(reader.problems)
    return Source(file, data, reader.lines)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if id(node) in self._seen:
            self._refuse(path, "anchors are not allowed: write the value again")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(path, "a key must be text")
                continue
            if key in found:
                self.lines[(*path, key)] = key_node.start_mark.line + 1
                self._refuse((*path, key), "this key is here twice")
                continue
            found[key] = self.value(value_node, (*path, key))
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return found

    def _scalar(self, node: Any, path: Path) -> str | int | bool:
        text: str = node.value
        if node.tag not in _TAGS:
            self._refuse(path, "tags are not allowed")
        if node.style in ("'", '"', "|", ">"):
            return text
        if text in ("true", "false"):
            return text == "true"
        return int(text) if _WHOLE.match(text) else text

    def _refuse(self, path: Path, message: str) -> None:
        self.problems.append(Problem(self.file, self.lines.get(path, 1), dotted(path), message))
