"""Measures are exact: networkx, and a network drawn by hand, say the same; within bounds they are near."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderliaison.records.graph.measures.bounded import bounded
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


@settings(max_examples=40, deadline=None)
@given(nodes=st.integers(1, 14), lines=st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13))))
def test_networks_with_trees_and_several_parts_are_measured_exactly(
    nodes: int, lines: set[tuple[int, int]]
) -> None:
    network = nx.empty_graph(nodes)
    network.add_edges_from((one, other) for one, other in lines if one < other < nodes)
    wanted = (Measure.BETWEENNESS, Measure.CLOSENESS)
    for one in wanted:
        found = measured(list(network), network.edges, [one])[one]
        assert found == pytest.approx(ORACLES[one](network))


def _rings(count: int) -> nx.Graph:
    """Return cliques of ten in a ring, each with somebody who leads to the next, and a pair apart."""
    network = nx.ring_of_cliques(count, 10)
    network.add_edge("one", "other")
    return nx.convert_node_labels_to_integers(network)


def test_within_bounds_the_same_is_estimated_each_time_and_it_is_said_from_how_many() -> None:
    network = _rings(40)
    wanted = (Measure.BETWEENNESS, Measure.CLOSENESS)
    found, again = (bounded(402, list(network.edges), wanted, work=3e6) for _ in range(2))
    for one in wanted:
        starts, of = found.estimated[one]
        assert (0 < starts < of, of) == (True, 400)
        assert found.values[one].tolist() == again.values[one].tolist()
        exact = ORACLES[one](network)
        assert found.values[one].tolist() == pytest.approx(list(exact.values()), rel=0.5, abs=400)
        assert found.values[one][400] == pytest.approx(exact[400])
    assert found.left_out == ()


def test_what_little_work_allows_to_the_end_is_exact() -> None:
    network = _rings(4)
    found = bounded(42, list(network.edges), tuple(Measure))
    assert (found.estimated, found.left_out) == ({}, ())
    for one, oracle in ORACLES.items():
        assert found.values[one].tolist() == pytest.approx(list(oracle(network).values()))


def test_ways_too_long_to_be_swept_are_exact_in_a_small_network_and_left_out_of_a_large() -> None:
    ring = nx.cycle_graph(450)
    wanted = (Measure.BETWEENNESS, Measure.CLOSENESS)
    for one in wanted:
        found = measured(list(ring), ring.edges, [one])[one]
        assert found == pytest.approx(ORACLES[one](ring))
    assert bounded(450, list(ring.edges), wanted).left_out == ()
    assert bounded(450, list(ring.edges), wanted, work=1e6).left_out == wanted


def test_influence_that_does_not_settle_within_bounds_is_left_out() -> None:
    lines = list(nx.path_graph(200).edges)
    assert bounded(200, lines, [Measure.EIGENVECTOR], work=1e5).left_out == (Measure.EIGENVECTOR,)


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
