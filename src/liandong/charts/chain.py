"""The chain picture: upstream, midstream, downstream, each node with its status, and who supplies whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liandong.charts import layout, theme
from liandong.charts.frames import STAGES, STATUSES, ChainEdge, ChainNode
from liandong.charts.picture import Layer, Picture, Plane, layer, literal, picture
from liandong.charts.signs import status_signs
from liandong.errors import Language

WIDTH = 680.0
_GAP, _SPACE, _HEAD, _LEGEND = 56.0, 14.0, 26.0, 40.0
_NAME, _NOTE, _LINE = 13.0, 11.0, 17.0
_INDENT = 28.0
_ARROW = "M-1,-0.8L1,0L-1,0.8Z"


def chain_picture(
    nodes: Sequence[ChainNode], edges: Sequence[ChainEdge] = (), *, language: Language = "zh"
) -> Picture:
    """Columns of nodes with status by colour and sign, local firms and quotient; supplies-edges as lines.

    Raises ValueError if two nodes share a name, or an edge names a node that is not there.
    """
    _check(nodes, edges)
    order = layout.columns(nodes, edges)
    room = (WIDTH - 2 * _GAP) / 3 - _INDENT - 6
    names = {node.name: theme.wrap(node.name, room, _NAME) for node in nodes}
    height = 32.0 + _LINE * max((len(lines) for lines in names.values()), default=1)
    placed = layout.boxes(order, width=WIDTH, gap=_GAP, height=height, space=_SPACE, top=_HEAD)
    bottom = max((box.y + box.height for box in placed.values()), default=_HEAD)
    plane = Plane(WIDTH, bottom + _LEGEND)
    layers = [
        *_edges(plane, edges, order, placed),
        *_boxes(plane, nodes, placed, language),
        *status_signs(
            [{"status": n.status, "x": placed[n.name].x + 15, "y": placed[n.name].middle} for n in nodes],
            x=plane.x(),
            y=plane.y(),
        ),
        *_words(plane, nodes, names, placed, language),
        *_legend(plane, bottom + 24, language),
    ]
    alternative = _alternative(nodes, language)
    return picture(layers, plot=(WIDTH, plane.height), alternative=alternative)


def _check(nodes: Sequence[ChainNode], edges: Sequence[ChainEdge]) -> None:
    names = {node.name for node in nodes}
    if len(names) < len(nodes):
        raise ValueError("two nodes of a chain share a name")
    strangers = sorted({end for e in edges for end in (e.supplier, e.buyer)} - names)
    if strangers:
        raise ValueError(f"edges name nodes that are not in the chain: {', '.join(strangers)}")


def _edges(
    plane: Plane, edges: Sequence[ChainEdge], order: layout.Columns, placed: dict[str, layout.Box]
) -> list[Layer]:
    routes = [layout.route(edge, order, placed) for edge in edges]
    if not routes:
        return []
    points = [
        {"edge": i, "step": j, "x": x, "y": y}
        for i, points in enumerate(routes)
        for j, (x, y) in enumerate(points)
    ]
    heads = [
        {"x": way[-1][0] + (-4 if forward else 4), "y": way[-1][1], "angle": 0 if forward else 180}
        for way in routes
        for forward in [way[-1][0] > way[-2][0]]
    ]
    line = {"color": theme.EDGE, "strokeWidth": 1.2, "interpolate": "linear"}
    arrow = {"shape": _ARROW, "size": 60, "filled": True, "color": theme.EDGE, "opacity": 1}
    place = {"x": plane.x(), "y": plane.y()}
    detail = {"field": "edge", "type": "nominal"}
    steps = {"field": "step", "type": "quantitative"}
    turned = {"field": "angle", "type": "quantitative", "scale": None}
    return [
        layer(points, "line", line, **place, detail=detail, order=steps),
        layer(heads, "point", arrow, **place, angle=turned),
    ]


def _boxes(
    plane: Plane, nodes: Sequence[ChainNode], placed: dict[str, layout.Box], language: Language
) -> list[Layer]:
    drawn = [
        {
            "x": box.x,
            "x2": box.right,
            "y": box.y,
            "y2": box.y + box.height,
            "bar": box.x + 3,
            "colour": theme.STATUS_COLOURS[node.status],
            "tip": f"{node.name} {_note(node, language)}",
        }
        for node in nodes
        for box in [placed[node.name]]
    ]
    frame = {"fill": theme.PAPER, "stroke": theme.EDGE, "strokeWidth": 1, "cornerRadius": 2}
    place = {"x": plane.x(), "y": plane.y(), "y2": {"field": "y2"}}
    return [
        layer(drawn, "rect", frame, **place, x2={"field": "x2"}),
        layer(
            drawn,
            "rect",
            {"stroke": None, "opacity": 1},
            **place,
            x2={"field": "bar"},
            fill=literal("colour"),
        ),
    ]


def _words(
    plane: Plane,
    nodes: Sequence[ChainNode],
    names: dict[str, list[str]],
    placed: dict[str, layout.Box],
    language: Language,
) -> list[Layer]:
    texts, notes = [], []
    for node in nodes:
        box, lines = placed[node.name], names[node.name]
        top = box.middle - (len(lines) * _LINE) / 2
        x = box.x + _INDENT
        texts += [{"x": x, "y": top + _LINE * i, "text": line} for i, line in enumerate(lines)]
        notes.append({"x": x, "y": top + _LINE * len(lines) + 1, "text": _note(node, language)})
    column = (WIDTH + _GAP) / 3
    heads = [{"x": i * column, "y": 8, "text": theme.STAGE_WORDS[s](language)} for i, s in enumerate(STAGES)]
    return [
        _text(plane, texts, _NAME, theme.INK),
        _text(plane, notes, _NOTE, theme.MUTED),
        _text(plane, heads, _NAME, theme.MUTED),
    ]


def _legend(plane: Plane, y: float, language: Language) -> list[Layer]:
    x = 8.0
    signs: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for status in STATUSES:
        word = theme.STATUS_WORDS[status](language)
        signs.append({"status": status, "x": x, "y": y})
        words.append({"x": x + 13, "y": y, "text": word})
        x += 13 + theme.text_width(word, _NOTE) + 26
    arrow = {"zh": "→ 供应", "en": "→ supplies"}[language]
    words.append({"x": x, "y": y, "text": arrow})
    return [*status_signs(signs, x=plane.x(), y=plane.y()), _text(plane, words, _NOTE, theme.MUTED)]


def _text(plane: Plane, texts: list[dict[str, Any]], size: float, colour: str) -> Layer:
    looks = {"align": "left", "baseline": "middle", "fontSize": size, "color": colour}
    return layer(texts, "text", looks, x=plane.x(), y=plane.y(), text={"field": "text"})


def _note(node: ChainNode, language: Language) -> str:
    firms = "—" if node.firms is None else f"{node.firms:,}"
    quotient = "—" if node.quotient is None else f"{node.quotient:.2f}"
    word = theme.STATUS_WORDS[node.status](language)
    if language == "zh":
        return f"{word} · {firms} 家 · 区位商 {quotient}"
    return f"{word} · {firms} firms · LQ {quotient}"


def _alternative(nodes: Sequence[ChainNode], language: Language) -> str:
    parts = []
    for stage in STAGES:
        inside = [f"{n.name} ({_note(n, language)})" for n in nodes if n.stage == stage]
        if inside:
            parts.append(f"{theme.STAGE_WORDS[stage](language)}: " + "; ".join(inside))
    return ". ".join(parts)
