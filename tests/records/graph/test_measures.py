"""Measures are exact: networkx, and a network drawn by hand, say the same."""

import networkx as nx
import pytest

from borderliaison.records.graph.measures.edges import Edges
from borderliaison.records.graph.measures.measuring import Measure, measured
from borderliaison.records.graph.measures.shape import bridging

NETWORKS = {
    "of a club": nx.karate_club_graph(),
    "in two parts": nx.disjoint_union(nx.complete_graph(4), nx.star_graph(5)),
    "of two kinds": nx.complete_bipartite_graph(3, 5),
    "without a line": nx.empty_graph(3),
    "of few": nx.gnm_random_graph(30, 40, seed=3),
}
ORACLES = {
    Measure.DEGREE: lambda g: dict(g.degree()),
    Measure.CLOSENESS: nx.closeness_centrality,
    Measure.BETWEENNESS: lambda g: nx.betweenness_centrality(g, normalized=False),
    Measure.CORE: nx.core_number,
    Measure.BRIDGES: lambda g: {n: sum(n in one for one in nx.bridges(g)) for n in g},
}


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
@pytest.mark.parametrize("measure", ORACLES)
def test_networkx_measures_the_same(network: nx.Graph, measure: Measure) -> None:
    doubled = [*network.edges, *(ends[::-1] for ends in network.edges), (0, 0)]
    found = measured(list(network), doubled, [measure])[measure]
    assert found == pytest.approx(ORACLES[measure](network))


def test_the_eigenvector_is_that_of_the_largest_value_also_of_a_network_of_two_kinds() -> None:
    for name in ("of a club", "of two kinds"):
        network = NETWORKS[name]
        expected = nx.eigenvector_centrality(network, max_iter=10_000, tol=1e-9)
        most = max(expected.values())
        found = measured(list(network), network.edges, [Measure.EIGENVECTOR])[Measure.EIGENVECTOR]
        assert found == pytest.approx({n: value / most for n, value in expected.items()}, abs=1e-6)


def test_parts_are_numbered_by_their_size() -> None:
    found = measured("abcdef", ["ab", "cd", "de"], [Measure.COMPONENT])[Measure.COMPONENT]
    assert found == {"c": 1, "d": 1, "e": 1, "a": 2, "b": 2, "f": 3}


def test_two_rings_with_one_line_between_them_are_two_communities_and_a_bridge() -> None:
    lines = ["ab", "bc", "ca", "cd", "de", "ef", "fd"]
    found = measured("abcdef", lines, [Measure.COMMUNITY, Measure.BRIDGES])
    groups = found[Measure.COMMUNITY]
    assert [groups[one] for one in "abcdef"] == [1, 1, 1, 2, 2, 2]
    assert found == measured("abcdef", lines, [Measure.COMMUNITY, Measure.BRIDGES])
    assert bridging(Edges.of("abcdef", lines)) == [(2, 3)]
    assert [one for one, count in found[Measure.BRIDGES].items() if count] == ["c", "d"]


def test_many_lines_between_two_draw_them_into_one_community() -> None:
    lines = ["ab", "bc", "cd", "da"]
    found = measured("abcd", [*lines, *["bc"] * 9, *["da"] * 9], [Measure.COMMUNITY])
    groups = found[Measure.COMMUNITY]
    assert groups["b"] == groups["c"] != groups["a"] == groups["d"]
