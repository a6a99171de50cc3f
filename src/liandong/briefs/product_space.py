"""The product space in a paper: which industries go together, and which of them the city has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, shortest_path

from liandong.briefs.blocks import Block, Illustration, Paragraph, Run, Words
from liandong.briefs.counting import shown
from liandong.briefs.vocabulary import say
from liandong.charts import SpaceIndustry, space
from liandong.economy import Panel, backbone, presence, proximity
from liandong.errors import Language
from liandong.figures import Coverage, DerivedRef, Figure, QueryRef
from liandong.reference import find_industry

Array = npt.NDArray[np.float64]
_ROUNDS = 120
_GOLDEN = np.pi * (3 - np.sqrt(5))
_LABELS = 9
_FORMULA = (
    "location quotient (x_ri / x_r) / (x_i / x) >= 1; proximity = "
    "sum_r m_ri m_rj / max(sum_r m_ri, sum_r m_rj); drawn: maximum spanning tree and proximity >= 0.55"
)


@dataclass(frozen=True, slots=True)
class Place:
    """An industry of the drawing: its code, where it stands, whether the city has it, its firms there."""

    code: str
    x: float
    y: float
    present: bool
    firms: int


@dataclass(frozen=True, slots=True)
class ProductSpace:
    """The largest part of the network that hangs together. edges: by code. left_out: industries not in it.

    total, present: how many industries there are anywhere, and of them specialised in the city.
    """

    places: tuple[Place, ...]
    edges: tuple[tuple[str, str], ...]
    total: Figure
    present: Figure
    left_out: int


def product_space(panel: Panel, city: str, query: QueryRef, coverage: Coverage) -> ProductSpace | None:
    """The space of a panel of firms by region and industry; None where the city is not in it.

    query: where the panel comes from. An industry is present where the city's quotient is at least 1.
    """
    if city not in panel.regions or len(panel.industries) < 3:
        return None
    m = np.nan_to_num(presence(panel)) * (panel.values > 0)
    kept = backbone(np.asarray(proximity(m), dtype=np.float64))
    part = _largest(len(panel.industries), kept.first, kept.second)
    row = panel.row(city)
    places = _stressed(part, kept.first, kept.second)
    inside = {int(i): at for at, i in enumerate(part)}
    drawn = tuple(
        Place(
            panel.industries[i],
            float(places[at, 0]),
            float(places[at, 1]),
            bool(m[row, i]),
            int(panel.values[row, i]),
        )
        for i, at in inside.items()
    )
    edges = tuple(
        (panel.industries[int(i)], panel.industries[int(j)])
        for i, j in zip(kept.first, kept.second, strict=True)
        if int(i) in inside and int(j) in inside
    )
    evidence = (DerivedRef(_FORMULA, (("panel", query),)),)
    total, present = (
        Figure(Decimal(number), "个", "industries", coverage=coverage, evidence=evidence)
        for number in (int((m.sum(axis=0) > 0).sum()), int(m[row].sum()))
    )
    return ProductSpace(drawn, edges, total, present, len(panel.industries) - len(part))


def space_blocks(
    found: ProductSpace | None, language: Language, *, named: Collection[str] = ()
) -> list[Block]:
    """The picture and a sentence with its figures. named: codes to be labelled, else the city's largest."""
    if found is None:
        return []
    codes = {code[:3] for code in named}
    wanted = [place for place in found.places if (place.code in codes if codes else place.present)]
    wanted.sort(key=lambda place: (-place.firms, place.code))
    labelled = {place.code for place in wanted[:_LABELS]}
    marks = [
        SpaceIndustry(
            place.code,
            place.x,
            place.y,
            place.present,
            place.firms or None,
            _name(place.code) if place.code in labelled else "",
        )
        for place in found.places
    ]
    said = say("space_said", language).split("{n}")
    figures = (found.total, found.present)
    runs: list[Run] = []
    for at, part in enumerate(said):
        runs.append(Words(part))
        if at < len(figures):
            runs.append(shown(figures[at], language))
    return [
        Illustration(space(marks, found.edges), say("space_figure", language)),
        Paragraph(tuple(runs)),
    ]


def _name(code: str) -> str:
    industry = find_industry(code)
    return industry.name.removesuffix("制造") if industry else code


def _largest(size: int, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The industries of the largest part, by number."""
    graph = csr_array((np.ones(len(first)), (first, second)), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    return np.flatnonzero(label == np.bincount(label).argmax())


def _stressed(
    part: npt.NDArray[np.int64], first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]
) -> Array:
    """Places in the plane whose distances follow the number of ties between (stress majorisation:
    Gansner, Koren, North 2004), begun from classical scaling: the same network, the same picture.
    """
    size = len(part)
    if size < 3:
        return np.column_stack([np.arange(size, dtype=np.float64), np.zeros(size)])
    number = {int(i): at for at, i in enumerate(part)}
    pairs = [(number[int(i)], number[int(j)]) for i, j in zip(first, second, strict=True) if int(i) in number]
    rows, columns = np.array(pairs).T
    graph = csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    hops = np.asarray(shortest_path(graph, directed=False, unweighted=True))
    centred = np.eye(size) - 1 / size
    values, vectors = np.linalg.eigh(-0.5 * centred @ hops**2 @ centred)
    axes = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    turn = np.arange(size) * _GOLDEN  # twins that begin on one spot would stay there
    apart_a_little = (
        0.05 * np.column_stack([np.cos(turn), np.sin(turn)]) * np.arange(1, size + 1)[:, None] / size
    )
    at: Array = axes * np.where(axes.sum(axis=0) + axes[0] < 0, -1, 1) + apart_a_little
    weight = 1 / np.maximum(hops, 1) ** 2
    np.fill_diagonal(weight, 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.pinv(laplacian)
    for _ in range(_ROUNDS):
        apart = np.linalg.norm(at[:, None] - at[None], axis=2)
        pull = np.where(apart > 1e-9, weight * hops / np.maximum(apart, 1e-9), 0)
        at = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ at)
    return at
