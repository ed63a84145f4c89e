"""Gathering what a chart shows: items and links, for whoever looks."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from django.db.models import Count
from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime

from borderliaison.charts.network.amounts import amounts_of_events
from borderliaison.charts.network.facts import facts_of, told_in_words, whereabouts
from borderliaison.charts.network.groups import Groups, groups_of, numbers_of
from borderliaison.charts.network.lines import link_words, links_among
from borderliaison.charts.network.pieces import Item, Piece
from borderliaison.kernel.policy import Reader
from borderliaison.records.models import Link as LinkRow
from borderliaison.records.ontology.schema import Extent
from borderliaison.records.profiles.profile import Profile
from borderliaison.records.shown.signs import icon_of, shape_of
from borderliaison.records.shown.words import name_of
from borderliaison.records.statements.lines import moment_of
from borderliaison.sql.within import within


def gathered(reader: Reader, keys: Collection[str], shown: Collection[str], lang: str) -> Piece:
    """Return items by their keys, with the links among them and to those that are shown.

    Args:
        reader: who looks; what he may not know is not there for him.
        keys: of the items to be added.
        shown: the keys of those that the page has.
        lang: in which words are written.
    """
    numbers = numbers_of({*keys, *shown})
    groups = groups_of(reader, numbers.values())
    asked = {key: groups.keys[pk] for key, pk in numbers.items() if pk in groups.keys}
    there = {asked[one] for one in shown if one in asked}
    new = list(dict.fromkeys(asked[one] for one in keys if one in asked))
    new = [key for key in new if key not in there]
    degrees = degrees_of(reader, groups, new)
    amounts = amounts_of_events(reader, groups, new)
    places = whereabouts(reader, [groups.profiles[key] for key in new], lang)
    items = tuple(
        _item(groups.profiles[key], degrees[key], amounts.get(key, {}), places.get(key, ""), lang)
        for key in new
    )
    links = links_among(reader, groups, new, lang)
    told = told_in_words((groups.profiles[key] for key in new), lang)
    aliases = {key: known for key, known in asked.items() if key != known}
    words = told.words | {one.kind: link_words(one.kind, lang)[0] for one in links}
    return Piece(items, tuple(links), words, told.signs, told.said, aliases)


def degrees_of(reader: Reader, groups: Groups, keys: Iterable[str]) -> Counter[str]:
    """Return how many links each of some items has in all that a reader may read."""
    found: Counter[str] = Counter()
    pks = sorted(pk for key in keys for pk in groups.pks[key])
    for end in ("begin_id", "end_id"):
        read = LinkRow.objects.readable_by(reader).filter(within(end, pks))
        for pk, n in read.values_list(end).annotate(n=Count("pk")).order_by():
            found[groups.keys[pk]] += n
    return found


def _item(profile: Profile, degree: int, amounts: dict[str, float], place: str, lang: str) -> Item:
    first, last = _heard(profile)
    shape = shape_of(profile.schema)
    return Item(
        key=profile.key,
        schema=profile.schema,
        kind=profile.kind.label.text(lang),
        shape=shape,
        icon=icon_of(profile.schema),
        name=name_of(profile, lang),
        under=_day(first) if shape == "diamond" and first is not None else "",
        degree=degree,
        first=first,
        last=last,
        facts=facts_of(profile),
        amounts=amounts,
        place=place,
    )


def _heard(profile: Profile) -> tuple[int | None, int | None]:
    """Return since when and until when: as it is said, else as sources first and last saw it."""
    kind = profile.kind
    extent = kind.extent if kind.is_a("Interval") else Extent()
    said = [
        moment.timestamp()
        for value in profile.values
        if value.prop in (*extent.start, *extent.end)
        and (moment := moment_of(value.value)) is not None
    ]
    seen = [
        moment.timestamp()
        for value in profile.values
        for saying in value.sayings
        for moment in (saying.first_seen, saying.last_seen)
    ]
    found = said or seen
    return (int(min(found)), int(max(found))) if found else (None, None)


def _day(seconds: int) -> str:
    return date_format(localtime(datetime.fromtimestamp(seconds, UTC)), "j E Y")
