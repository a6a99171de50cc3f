from hypothesis import given
from hypothesis import strategies as st

from liandong.charts import layout, theme
from liandong.charts.frames import STAGES, ChainEdge, ChainNode

_NODES = st.lists(
    st.tuples(st.text("甲乙丙丁abc ", min_size=1, max_size=12), st.sampled_from(STAGES)),
    min_size=2,
    max_size=14,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: [ChainNode(name, stage, "unsure") for name, stage in pairs])


def _linked(nodes: list[ChainNode], data: st.DataObject) -> list[ChainEdge]:
    names = [n.name for n in nodes]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda p: p[0] != p[1])
    return [ChainEdge(*pair) for pair in data.draw(st.lists(pairs, max_size=12, unique=True))]


@given(_NODES, st.data())
def test_columns_keep_every_node_in_its_stage_and_never_cross_more(nodes, data):
    """Ordering moves nodes only within their column, and never adds a crossing to the order given."""
    edges = _linked(nodes, data)
    given_order = tuple(tuple(n.name for n in nodes if n.stage == stage) for stage in STAGES)
    order = layout.columns(nodes, edges)
    assert [sorted(column) for column in order] == [sorted(column) for column in given_order]
    assert layout.crossings(order, edges) <= layout.crossings(given_order, edges)


@given(_NODES, st.data())
def test_boxes_do_not_overlap_and_edges_end_at_their_sides(nodes, data):
    """Boxes lie apart inside the width; an edge starts at the supplier's side and ends at the buyer's."""
    edges = _linked(nodes, data)
    order = layout.columns(nodes, edges)
    placed = layout.boxes(order, width=680, gap=56, height=66, space=14, top=26)
    found = list(placed.values())
    assert all(box.x >= 0 and box.right <= 680.001 and box.y >= 26 for box in found)
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            assert a.right <= b.x or b.right <= a.x or a.y + a.height < b.y or b.y + b.height < a.y
    for edge in edges:
        way = layout.route(edge, order, placed)
        for box, (x, y) in ((placed[edge.supplier], way[0]), (placed[edge.buyer], way[-1])):
            assert x in (box.x, box.right)
            assert box.y <= y <= box.y + box.height


def test_crossing_edges_are_untangled():
    """Two suppliers listed in the wrong order change places."""
    nodes = [ChainNode(n, "upstream", "weak") for n in "AB"] + [
        ChainNode(n, "midstream", "weak") for n in "XY"
    ]
    edges = [ChainEdge("A", "Y"), ChainEdge("B", "X")]
    order = layout.columns(nodes, edges)
    assert layout.crossings((("A", "B"), ("X", "Y"), ()), edges) == 1
    assert layout.crossings(order, edges) == 0


def test_edge_over_a_column_runs_between_its_boxes():
    """From upstream to downstream the line passes midstream through a gap."""
    nodes = [ChainNode("a", "upstream", "weak"), ChainNode("d", "downstream", "weak")]
    nodes += [ChainNode(n, "midstream", "weak") for n in "xy"]
    order = layout.columns(nodes, [])
    placed = layout.boxes(order, width=680, gap=56, height=60, space=20, top=0)
    way = layout.route(ChainEdge("a", "d"), order, placed)
    column = placed["x"]
    inside = [y for x, y in way if column.x <= x <= column.right]
    assert inside
    assert all(not (b.y <= y <= b.y + b.height) for y in inside for b in (placed["x"], placed["y"]))


@given(st.text("链动许昌abc de", max_size=60), st.floats(40, 200))
def test_wrapped_lines_fit_and_lose_nothing_but_the_cut(text, width):
    """Lines are no wider than asked; without a cut they hold the whole text."""
    lines = theme.wrap(text, width, 13)
    assert len(lines) <= 2
    assert all(theme.text_width(line, 13) <= width or "".join(line.split()).isascii() for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())
