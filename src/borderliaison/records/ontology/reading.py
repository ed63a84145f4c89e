"""From the schemata's YAML to values, with what is left out left out."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from borderliaison.forms.words import Words
from borderliaison.records.ontology.errors import BadOntology
from borderliaison.records.ontology.schema import Edge, Extent, Identity, Property, Reverse, Schema
from borderliaison.records.ontology.types import TYPES

Data = Mapping[str, Any]
_MATCHABLE: Final = "matchable"
Each = TypeVar("Each", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the model is made of.

    Attributes:
        schemata: by name, in followthemoney's own form; what comes later adds to what came before.
        left_out: ``Schema:property`` that must not be there, with why.
        words: by language, schema and property, the labels that the schemata lack.
    """

    schemata: Sequence[tuple[str, Data]]
    left_out: Mapping[str, str]
    words: Mapping[str, Mapping[str, Data]]


def read_schemata(sources: Sources) -> dict[str, Schema]:
    """Return every schema by its name, those before it that it takes over from.

    Raises:
        BadOntology: a name leads nowhere, or the schemata contradict each other.
    """
    merged: dict[str, dict[str, Any]] = {}
    for name, data in sources.schemata:
        merged[name] = _added(merged.get(name, {}), data)
    reader = _Reader(merged, sources)
    for name in merged:
        reader.schema(name, ())
    return reader.found


def _added(before: Data, data: Data) -> dict[str, Any]:
    """Return a schema's data with what a later file adds to it."""
    properties = {**before.get("properties", {}), **data.get("properties", {})}
    return {**before, **data, "properties": properties}


class _Reader:
    def __init__(self, data: Mapping[str, Data], sources: Sources) -> None:
        self.data, self.sources = data, sources
        self.found: dict[str, Schema] = {}

    def schema(self, name: str, below: tuple[str, ...]) -> Schema:
        if name in self.found:
            return self.found[name]
        if name not in self.data or name in below:
            raise BadOntology(f"{' < '.join((*below, name))} leads nowhere")
        parents = [self.schema(one, (*below, name)) for one in self.data[name].get("extends", ())]
        self.found[name] = found = self._made(name, parents)
        _check(found)
        return found

    def _made(self, name: str, parents: Sequence[Schema]) -> Schema:
        data = self.data[name]
        out = {one.partition(":")[2] for one in self.sources.left_out if one.startswith(f"{name}:")}
        missing = out - set(data["properties"])
        if missing:
            raise BadOntology(f"{name} has no {', '.join(sorted(missing))} to leave out")
        own = {
            key: self._property(name, key, one)
            for key, one in data["properties"].items()
            if key not in out
        }
        taken = {key: one for parent in reversed(parents) for key, one in parent.properties.items()}
        label = self._words(data.get("label", name), name, "label")
        return Schema(
            name=name,
            label=label,
            plural=self._words(data.get("plural", data.get("label", name)), name, "plural"),
            about=_plain(data.get("description")),
            extends=tuple(one.name for one in parents),
            ancestors=_once([name], *(one.ancestors for one in parents)),
            properties={**taken, **own},
            is_abstract=data.get("abstract", False),
            is_matchable=data.get(_MATCHABLE, True),
            **{
                key: _without(data.get(key, ()), out) for key in ("caption", "featured", "required")
            },
            edge=self._edge(name, data.get("edge"), label),
            extent=_extent(data.get("temporalExtent", {}), parents),
            identities=_once(
                _identities(data.get("identity", {})), *(one.identities for one in parents)
            ),
        )

    def _property(self, schema: str, name: str, data: Data) -> Property:
        type_ = TYPES.get(data.get("type", "string"))
        if type_ is None:
            raise BadOntology(f"{schema}:{name} is of no known type")
        back = data.get("reverse")
        return Property(
            name=name,
            schema=schema,
            type=type_,
            label=self._words(data.get("label", name), schema, name),
            about=_plain(data.get("description")),
            range=data.get("range", ""),
            reverse=Reverse(back["name"], self._words(back["label"], schema, f"{name}.reverse"))
            if back
            else None,
            is_matchable=data.get(_MATCHABLE, type_.is_matchable),
            is_hidden=bool(data.get("hidden") or data.get("deprecated")),
            max_length=data.get("maxLength", type_.max_length),
            format=data.get("format", ""),
        )

    def _edge(self, name: str, data: Data | None, label: Words) -> Edge | None:
        if not data:
            return None
        said = self._words(data["label"], name, "edge") if "label" in data else label
        caption = tuple(data.get("caption", ()))
        return Edge(data["source"], data["target"], said, data.get("directed", True), caption)

    def _words(self, english: Any, schema: str, key: str) -> Words:
        """Return a label in every language: what a schema says itself may be in several."""
        texts = dict(english) if isinstance(english, dict) else {"en": str(english)}
        for language, words in self.sources.words.items():
            said = words.get(schema, {}).get(key)
            if said is not None:
                texts.setdefault(language, str(said))
        return Words(texts)


def _check(schema: Schema) -> None:
    """Refuse names of properties that are not there."""
    ends = (schema.edge.source, schema.edge.target, *schema.edge.caption) if schema.edge else ()
    numbers = [prop for one in schema.identities for prop in (one.number, *one.within)]
    named = (*schema.caption, *schema.featured, *schema.required, *ends, *numbers)
    strange = [one for one in named if one not in schema.properties]
    if strange:
        raise BadOntology(f"{schema.name} names {', '.join(strange)}, which it does not have")


def _extent(data: Data, parents: Iterable[Schema]) -> Extent:
    start, end = tuple(data.get("start", ())), tuple(data.get("end", ()))
    for one in parents:
        start, end = start or one.extent.start, end or one.extent.end
    return Extent(start, end)


def _identities(data: Data) -> Iterator[Identity]:
    for name, one in data.items():
        within, without = (tuple(one.get(name, ())) for name in ("within", "without"))
        yield Identity(name, one["number"], within, without, one.get("scheme", ""))


def _without(names: Iterable[str], out: set[str]) -> tuple[str, ...]:
    return tuple(one for one in names if one not in out)


def _once(*lists: Iterable[Each]) -> tuple[Each, ...]:
    return tuple(dict.fromkeys(one for some in lists for one in some))


def _plain(text: Any) -> str:
    return " ".join(str(text or "").split())
