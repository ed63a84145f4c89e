"""Codes by their labels: which codes of lists, forms and the network a typed word may mean.

An item holds the code; whoever looks for it types the label, in any of the seven languages. So a label that
is mended, or a new alias of an office, needs no new index.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from borderliaison.correspondence.search.cover import WITH
from borderliaison.forms.codes import load_codes
from borderliaison.forms.finding.query import Phrase, Word, single_words
from borderliaison.forms.load import load_form
from borderliaison.forms.store import offered, state
from borderliaison.kernel.remembering import remembered
from borderliaison.offices.services import all_agencies, all_crossings, all_offices

Named = tuple[str, Iterable[str]]
"""A code as ``list.code``, and its labels."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of labels in their order, each with the code it belongs to.

    Attributes:
        words: a word as it is compared, and the number of its label.
        labels: the words of each label; with its code.
    """

    words: Sequence[tuple[str, int]]
    labels: Sequence[tuple[tuple[tuple[str, ...], ...], str]]

    def meant(self, word: Word) -> set[str]:
        """Return the codes whose label has a word that begins so."""
        return {self.labels[n][1] for n in self._with(word)}

    def saying(self, phrase: Phrase) -> set[str]:
        """Return the codes whose label has these words beside each other."""
        found = set()
        for number in self._with(Word(phrase.words[0])):
            label, code = self.labels[number]
            if any(_begins(label[at:], phrase.words) for at in range(len(label))):
                found.add(code)
        return found

    def _with(self, word: Word) -> Iterator[int]:
        for key in word.keys:
            at = bisect_left(self.words, (key, -1))
            while at < len(self.words) and self.words[at][0].startswith(key):
                if not word.is_whole or self.words[at][0] == key:
                    yield self.words[at][1]
                at += 1


def _begins(label: Sequence[tuple[str, ...]], said: Sequence[tuple[str, ...]]) -> bool:
    return len(label) >= len(said) and all(
        set(one) & set(two) for one, two in zip(label, said, strict=False)
    )


def codes_meant(word: Word) -> frozenset[str]:
    """Return the codes that a word may mean, as ``list.code``."""
    return frozenset(_of_lists(state()).meant(word) | _of_network().meant(word))


def codes_said(phrase: Phrase) -> frozenset[str]:
    """Return the codes whose label a phrase is, or is a part of."""
    return frozenset(_of_lists(state()).saying(phrase) | _of_network().saying(phrase))


def _labels(named: Iterable[Named]) -> Labels:
    labels: list[tuple[tuple[tuple[str, ...], ...], str]] = []
    words: set[tuple[str, int]] = set()
    for code, texts in named:
        for text in dict.fromkeys(texts):
            found = tuple(one.keys for one in single_words(text))
            words |= {(key, len(labels)) for keys in found for key in keys}
            labels.append((found, code))
    return Labels(sorted(words), labels)


@lru_cache(maxsize=1)
def _of_lists(state: str) -> Labels:
    """Return the labels of code lists and forms, read once in this state of the office's own files."""
    del state
    return _labels([*_listed(), *_forms()])


def _listed() -> Iterator[Named]:
    for name in offered("codes"):
        for code, one in load_codes(name).codes.items():
            yield (
                f"{name}.{code}",
                [*one.label.texts.values(), *one.short.texts.values(), *one.aliases],
            )


def _forms() -> Iterator[Named]:
    for name in offered("data"):
        yield f"form.{name}", load_form(name).label.texts.values()


@remembered
def _of_network() -> Labels:
    return _network_labels(
        tuple(
            (one.code, *one.names.values(), *(alias["text"] for alias in one.aliases))
            for one in all_offices()
        ),
        tuple((one.code, *one.names.values()) for one in all_crossings()),
        tuple((one.code, *one.names.values()) for one in all_agencies()),
    )


@lru_cache(maxsize=4)
def _network_labels(
    offices: tuple[tuple[str, ...], ...],
    crossings: tuple[tuple[str, ...], ...],
    agencies: tuple[tuple[str, ...], ...],
) -> Labels:
    named: list[Named] = []
    for code, *names in offices:
        named += [(f"{WITH}.{code}", [code, *names]), (f"office.{code}", [code, *names])]
    named += [(f"crossing.{code}", names) for code, *names in crossings]
    named += [(f"agency.{code}", names) for code, *names in agencies]
    return _labels(named)
