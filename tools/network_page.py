"""``docs/reference/network.md``: the network as it is shipped, with what the sources say of it."""

from typing import Any

from borderliaison.offices.codes import country_of
from borderliaison.offices.network.shipped import read_data

_HEAD = """
The network as it is shipped, in `src/borderliaison/offices/data`. Positions are approximate and
public; an administrator corrects them at the office, and a new version of the data never overwrites
what an administrator wrote.
"""

_COUNTED = """
## How the sources agree

In May 2021 the sources count **19 offices by border**: Kazakhstan–Kyrgyzstan 2,
Uzbekistan–Tajikistan 6, Kyrgyzstan–Tajikistan 4, Kyrgyzstan–Uzbekistan 2, Uzbekistan–Afghanistan 1,
Tajikistan–Afghanistan 2, Kazakhstan–Uzbekistan 2. The dated statuses above give the same numbers,
under these readings:

- *Uzbekistan–Tajikistan*: four offices by 2012, which the source counts without naming them, and
  the two railway offices of 18 May 2021. Oybek, Fotehobod, Sariosiyo and Dusti are the four that
  remain; the sources call Dusti only a counterpart elsewhere. Ayvaj and Gulbahor were then being
  established.
- *Kyrgyzstan–Uzbekistan*: Dostuk and, across from it, Dustlik. The source speaks of offices on this
  border since October 2015 and names Dostuk; Madaniyat was still to be enhanced in 2023.
- *Manas Airport* stands on no border and is left out of the 19, though the Kyrgyz list of 2021 has
  it.
- *Kyrgyzstan* is said to have five offices: Bor-Dobo, Karamyk, Dostuk, Akzhol, Manas in 2021. With
  Kaindy (7 July 2022) there are six; later sources go on saying five.
- *Merke and Sypatai Batyr*: one source opens one office for both, road and railway, on 14 September
  2022; others treat them as two points. The office is listed at Merke, the training class at
  Sypatai Batyr.
- A source of 2024 counts 24 offices and does not list them. The statuses above come to 23 operating
  offices at crossing points; for Ayvaj, Gulbahor and Farap no opening is documented in what we
  have.
- *Reporting lines in Kyrgyzstan*: the sources put the Osh sector between the Bishkek centre and
  five offices. Shipped are the southern offices through Osh since 20 April 2023, the northern ones
  and the airport straight to Bishkek.
- *Turkmenistan*: the sources name no separate drug control agency, so none is shipped.

Ministries of foreign affairs sit in the steering committees and exchange nothing: they have no
office here. The kinds *interagency mobile team*, *port control unit* and *border outpost* exist as
codes; their numbers and positions are not shipped.
"""


def network_page(written: str) -> str:
    """Return the page.

    Args:
        written: the line that says how it is written.
    """
    names = {one["code"]: one["names"]["en"] for one in read_data("countries")}
    parts = [_points(names), _offices(names), _agencies(), _relations(), _COUNTED, _sources()]
    return "".join([f"# The network\n\n{written}\n", _HEAD, *parts])


def _points(countries: dict[str, str]) -> str:
    rows = []
    for one in sorted(read_data("points"), key=lambda one: one["code"]):
        at = one["at"]
        border = countries.get(one.get("border", ""), one.get("water", {}).get("en", "–"))
        kinds = "/".join(one["kinds"]) + (", 24 h" if one.get("all_day") else "")
        others = [text for lang, text in one["names"].items() if lang != "en"]
        aliases = dict.fromkeys([*others, *(alias["text"] for alias in one["aliases"])])
        place = f"{at['lat']}, {at['lon']} (±{at['accuracy_km']})"
        statuses = "; ".join(_status(status) for status in one["statuses"])
        crossing = "; ".join(_status(status) for status in one.get("crossing_statuses", ()))
        told = statuses + (f". Crossing: {crossing}" if crossing else "")
        cells = [f"`{one['code']}`", one["names"]["en"], ", ".join(aliases)]
        rows.append([*cells, border, kinds, place, told])
    head = ["code", "name", "also", "border with", "kind", "lat, lon (±km)", "office"]
    return "\n## Crossing points and their offices\n\n" + _table(head, rows)


def _offices(countries: dict[str, str]) -> str:
    rows = [
        [
            f"`{one['code']}`",
            one["names"]["en"],
            one["kind"].replace("_", " "),
            countries[country_of(one["code"])],
            ", ".join(f"`{agency}`" for agency in one["agencies"]),
            "; ".join(_status(status) for status in one["statuses"]),
        ]
        for one in sorted(read_data("offices"), key=lambda one: one["code"])
    ]
    head = ["code", "name", "kind", "country", "agencies", "status"]
    return "\n## Centres and headquarters\n\n" + _table(head, rows)


def _agencies() -> str:
    rows = []
    for one in sorted(read_data("agencies"), key=lambda one: one["code"]):
        part = f"part of `{one['parent']}`" if "parent" in one else ""
        note = "steering only" if one.get("steering_only") else part
        rows.append([f"`{one['code']}`", one["names"]["en"], one["kind"], note])
    return "\n## Agencies\n\n" + _table(["code", "name", "kind", "note"], rows)


def _relations() -> str:
    relations = read_data("relations")
    pairs = [[f"`{one}`", f"`{other}`"] for one, other in map(sorted, relations["counterparts"])]
    lines = [
        [f"`{one['office']}`", f"`{one['to']}`", one.get("since", ""), one.get("until", "")]
        for one in relations["reporting_lines"]
    ]
    members = [
        [audience["code"], f"`{office}`", f"`{agency}`"]
        for audience in relations["audiences"]
        for office, agency in audience["members"]
    ]
    return (
        "\n## Counterparts\n\n"
        + _table(["office", "faces"], pairs)
        + "\n## Reporting lines\n\n"
        + _table(["office", "reports to", "since", "until"], lines)
        + "\n## Named audiences\n\n"
        + _table(["audience", "office", "agency"], members)
    )


def _sources() -> str:
    rows = [
        [f"`{key}`", one["title"]["en"], one["url"]] for key, one in read_data("sources").items()
    ]
    return "\n## Sources\n\n" + _table(["key", "what", "where"], rows)


def _status(one: dict[str, Any]) -> str:
    when = f"by {one['by']}" if "by" in one else one["since"]
    return f"{one['status'].replace('_', ' ')} {when} (`{one['source']}`)"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)
