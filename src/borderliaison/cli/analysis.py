"""``blo analysis``: what a network's shape says; needs no node."""

import json
from pathlib import Path

import click

from borderliaison.cli.options import as_json
from borderliaison.records.graph.errors import BadEdges
from borderliaison.records.graph.measures.measuring import GROUPS, Measure, measured
from borderliaison.records.graph.table import read_edges


@click.group
def analysis() -> None:
    """What the shape of a network says."""


@analysis.command("network")
@click.argument("edges", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", default="source", show_default=True, help="The column of one end.")
@click.option("--target", default="target", show_default=True, help="The column of the other end.")
@click.option(
    "--measure",
    type=click.Choice([one.value for one in Measure]),
    default=Measure.BETWEENNESS.value,
    show_default=True,
    help="What is measured of each node.",
)
@as_json
def network(edges: Path, source: str, target: str, measure: str, as_json: bool) -> None:
    """Measure a network from a CSV file with a line of it in each row: how central each node is.

    The direction of lines does not matter, and several between the same two are one; communities alone
    weigh them. Prints each node with its value, the highest first; of parts and communities the largest.
    """
    try:
        lines = read_edges(edges.read_text("utf-8-sig"), source, target)
    except UnicodeDecodeError as error:
        raise BadEdges("the file is not UTF-8") from error
    nodes = list(dict.fromkeys(node for line in lines for node in line))
    wanted = Measure(measure)
    values = measured(nodes, lines, [wanted])[wanted]
    sign = 1 if wanted in GROUPS else -1
    ordered = sorted(values.items(), key=lambda one: (sign * one[1], one[0]))
    if as_json:
        found = {"nodes": [{"id": node, "value": value} for node, value in ordered]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for node, value in ordered:
        click.echo(f"{node}\t{value:g}")
