"""The firms to court: their table with reasons, and the map of where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from liandong.briefs.blocks import (
    Block,
    Cell,
    Column,
    Illustration,
    Paragraph,
    Run,
    Table,
    Value,
    Words,
    cell,
)
from liandong.briefs.content import CityBrief
from liandong.briefs.stated import written
from liandong.briefs.vocabulary import say
from liandong.charts import Destination, Origin, default_boundaries, origin_map
from liandong.errors import Language
from liandong.figures import DerivedRef, Figure, RecordRef
from liandong.reference import Division
from liandong.reference.divisions import division, find_division
from liandong.targets import Contribution, Target
from liandong.targets.target import LABELS

_REASONS = 4  # the strongest are told in the table; the source of the score lists all


def target_blocks(content: CityBrief, language: Language) -> list[Block]:
    """The method in words and the ranked table."""
    if not content.targets:
        return []
    runs: list[Run] = []
    if content.source_region:
        runs.append(Words(say("targets_region", language).format(region=content.source_region)))
    runs.append(Words(say("targets_method", language)))
    heads = (
        ("rank", 0.06, True),
        ("firm", 0.23, False),
        ("place", 0.1, False),
        ("node", 0.14, False),
        ("score", 0.11, True),
        ("reasons", 0.36, False),
    )
    columns = tuple(Column(say(head, language), share, numeric) for head, share, numeric in heads)
    rows = tuple(
        (
            cell(Words(str(rank))),
            Cell(_firm(target)),
            cell(Words(target.firm.place)),
            Cell(((Words(target.node),), (Words(target.chain, "muted"),))),
            cell(score_of(target, language)),
            _reasons(target, language),
        )
        for rank, target in enumerate(content.targets, 1)
    )
    return [Paragraph(tuple(runs)), Table(say("targets_caption", language), columns, rows)]


def origin_blocks(content: CityBrief, language: Language) -> list[Block]:
    """The map of the listed firms by prefecture and the numbers on it, each with the records it counts."""
    groups: dict[str, list[Target]] = defaultdict(list)
    unplaced = []
    places: dict[str, Division] = {}
    for target in content.targets:
        found = division(target.firm.prefecture) if target.firm.prefecture else None
        if found is None or found.longitude is None or found.latitude is None:
            unplaced.append(target.firm.name)
        else:
            places[found.code] = found
            groups[found.code].append(target)
    if not groups:
        return []
    ordered = sorted(groups, key=lambda code: (-len(groups[code]), code))
    origins = [
        Origin(d.short, d.longitude, d.latitude, len(groups[d.code]))
        for d in (places[code] for code in ordered)
        if d.longitude is not None and d.latitude is not None
    ]
    boundaries = content.boundaries or default_boundaries()
    picture = origin_map(origins, _destination(content), boundaries=boundaries, language=language)
    caption = say("origins_table", language)
    columns = (Column(say("prefecture", language), 0.25), Column(say("number", language), 0.15, numeric=True))
    rows = tuple(
        (cell(Words(places[code].short)), cell(_counted(groups[code], places[code], language)))
        for code in ordered
    )
    blocks: list[Block] = [
        Illustration(picture, say("origins_caption", language)),
        Table(caption, columns, rows),
    ]
    if unplaced:
        names = ("、" if language == "zh" else "; ").join(unplaced)
        blocks.append(Paragraph((Words(say("origins_unplaced", language).format(names=names), "muted"),)))
    return blocks


def _firm(target: Target) -> tuple[tuple[Run, ...], ...]:
    marks = [mark for mark in (target.firm.stock_code, target.firm.uscc) if mark]
    name: tuple[Run, ...] = (Words(target.firm.name),)
    return (name, (Words(" · ".join(marks), "muted"),)) if marks else (name,)


def score_of(target: Target, language: Language) -> Value:
    """The score, led to how it comes about."""
    figure = Figure(target.score, "分", "score", evidence=(_sum(target, language),))
    return Value(figure, written(figure, language, digits=1))


def _sum(target: Target, language: Language) -> DerivedRef:
    """How the score comes about: the points of every reason, and the figures that they follow from."""
    formula = " + ".join(f"{item.points} ({LABELS[item.name](language)})" for item in target.contributions)
    return DerivedRef(
        formula, tuple((LABELS[item.name](language), item.figure) for item in target.contributions)
    )


def _reasons(target: Target, language: Language) -> Cell:
    """The strongest reasons, a line each: name, figure with its source, points; then what is not known."""
    ranked = sorted((item for item in target.contributions if item.points > 0), key=lambda item: -item.points)
    evidence = _sum(target, language)
    lines = [_reason(item, evidence, language) for item in ranked[:_REASONS]]
    unknown = [LABELS[item.name](language) for item in target.contributions if item.figure.value is None]
    if unknown:
        separator = "、" if language == "zh" else ", "
        words = say("unknown_reasons", language).format(names=separator.join(unknown))
        lines.append((Words(words, "muted"),))
    return Cell(tuple(lines))


def _reason(item: Contribution, evidence: DerivedRef, language: Language) -> tuple[Run, ...]:
    name = LABELS[item.name](language)
    points = Figure(item.points, "分", "points", evidence=(evidence,))
    return (
        Words(f"{name} "),
        Value(item.figure, written(item.figure, language, digits=2)),
        Words(" → "),
        Value(points, "+" + written(points, language, digits=1)),
    )


def points_of(item: Contribution, target: Target, language: Language) -> Value:
    """The points of a reason, led to the sum that they are part of."""
    figure = Figure(item.points, "分", "points", evidence=(_sum(target, language),))
    return Value(figure, "+" + written(figure, language, digits=1))


def _counted(targets: Sequence[Target], place: Division, language: Language) -> Value:
    formula = say("origin_formula", language).format(code=place.code)
    inputs = tuple((t.firm.name, RecordRef(t.firm.source, t.firm.row)) for t in targets)
    figure = Figure(Decimal(len(targets)), "家", "count", evidence=(DerivedRef(formula, inputs),))
    return Value(figure, written(figure, language))


def _destination(content: CityBrief) -> Destination | None:
    found = division(content.code) if content.code else find_division(content.city)
    if found is None or found.longitude is None or found.latitude is None:
        return None
    return Destination(found.short, found.longitude, found.latitude)
