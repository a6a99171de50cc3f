"""The city's pitch: what a leader shows at the event, a thought a slide, every figure with its source."""

from __future__ import annotations

from collections.abc import Sequence

from liandong.briefs.blocks import (
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Illustration,
    Paragraph,
    Run,
    Series,
    Table,
    Tile,
    Tiles,
    Value,
    Words,
    cell,
)
from liandong.briefs.content import CityBrief
from liandong.briefs.courting import origin_blocks
from liandong.briefs.limits import limits, may_be_shown, oldest
from liandong.briefs.stated import figure_of, stated, written
from liandong.briefs.vocabulary import say, term
from liandong.charts import STATUS_SIGNS, STATUS_WORDS, status_strip
from liandong.charts.frames import STATUSES
from liandong.errors import Language
from liandong.facts import Fact, Kind
from liandong.figures import Figure

_A_CHART = 8  # bars that a slide holds


def compose_pitch(content: CityBrief, language: Language) -> Document:
    """Slides in the order of a pitch; those without content are left out."""
    facts = [fact for fact in content.facts if may_be_shown(fact, content.reviewed)]
    slides = (
        ("pitch_place", _statements(facts, content, language, Kind.POSITIONING, of_city=True)),
        ("pitch_system", _statements(facts, content, language, Kind.PROGRAM)),
        ("pitch_clusters", _clusters(facts, content, language)),
        ("pitch_ranks", _table(facts, content, language, Kind.RANK)),
        ("pitch_firms", _tiles(_figures(facts, content, firms=True), content, language)),
        ("pitch_talent", _tiles(_figures(facts, content, firms=False), content, language)),
        ("pitch_carriers", _table(facts, content, language, Kind.CARRIER)),
        ("pitch_partners", _table(facts, content, language, Kind.COOPERATION, Kind.FUND)),
        ("pitch_projects", _table(facts, content, language, Kind.PROJECT, Kind.EVENT)),
        ("pitch_chains", _chains(content, language)),
        ("pitch_origins", origin_blocks(content, language)[:1]),
        ("pitch_limits", limits(content, language)),
    )
    blocks: list[Block] = []
    for key, made in slides:
        if made:
            blocks += [Heading(1, say(key, language).format(city=content.city)), *made]
    return Document(
        say("pitch_title", language).format(city=content.city),
        say("subtitle", language).format(date=content.date),
        language,
        tuple(blocks),
        stale=oldest(content),
    )


def _of(facts: Sequence[Fact], *kinds: Kind) -> list[Fact]:
    return [fact for kind in kinds for fact in facts if fact.kind == kind]


def _runs(fact: Fact, content: CityBrief, language: Language) -> tuple[Run, ...]:
    return stated(fact, language, reviewed=fact.id in content.reviewed)


def _statements(
    facts: Sequence[Fact], content: CityBrief, language: Language, kind: Kind, *, of_city: bool = False
) -> list[Block]:
    """A line each: subject or item, and what is said of it."""
    return [
        Paragraph((Words(f"{term(fact.indicator, language)}  ", "muted"), *_runs(fact, content, language)))
        for fact in _of(facts, kind)
        if not of_city or fact.subject == content.city
    ]


def _clusters(facts: Sequence[Fact], content: CityBrief, language: Language) -> list[Block]:
    """Clusters' figures large, their honours as a table."""
    of_others = [
        fact
        for fact in _of(facts, Kind.INDICATOR)
        if fact.subject != content.city and figure_of(fact) is not None and fact.unit != "家"
    ]
    return [
        *_tiles(of_others, content, language, named=True),
        *_table(facts, content, language, Kind.RECOGNITION),
    ]


def _figures(facts: Sequence[Fact], content: CityBrief, *, firms: bool) -> list[Fact]:
    return [
        fact
        for fact in _of(facts, Kind.INDICATOR)
        if figure_of(fact) is not None
        and (fact.unit == "家") is firms
        and (firms or fact.subject == content.city)
    ]


def _tiles(
    facts: Sequence[Fact], content: CityBrief, language: Language, *, named: bool = False
) -> list[Block]:
    """Figures side by side with their names, and with whose they are where it is not the city."""
    if not facts:
        return []
    tiles = []
    for fact in facts:
        label = term(fact.indicator, language)
        if named or fact.subject != content.city:
            label = f"{fact.subject} · {label}"
        tiles.append(Tile(label, _runs(fact, content, language)))
    return [Tiles(tuple(tiles))]


def _table(facts: Sequence[Fact], content: CityBrief, language: Language, *kinds: Kind) -> list[Block]:
    shown = _of(facts, *kinds)
    if not shown:
        return []
    heads = (("subject", 0.27), ("item", 0.2), ("says", 0.53))
    columns = tuple(Column(say(head, language), share) for head, share in heads)
    rows = tuple(
        (
            cell(Words(fact.subject)),
            cell(Words(term(fact.indicator, language))),
            cell(*_ranked(fact), *_runs(fact, content, language)),
        )
        for fact in shown
    )
    return [Table(say(f"pitch_{kinds[0].value}", language), columns, rows)]


def _ranked(fact: Fact) -> tuple[Run, ...]:
    """A rank leads with its words (全球最大) where the statement lacks them."""
    said = fact.value_text or ""
    return (Words(f"{fact.qualifier} · "),) if _leads(fact) and fact.qualifier not in said else ()  # type: ignore[operator]  # _leads asks


def _leads(fact: Fact) -> bool:
    return fact.kind == Kind.RANK and bool(fact.qualifier)


def _chains(content: CityBrief, language: Language) -> list[Block]:
    """The state of each chain as a strip, and local firms by node of the longest-standing chain."""
    sections = [section for section in content.chains if section.diagnosis.nodes]
    if not sections:
        return []
    strips = [
        (
            section.chain.name if language == "zh" else section.chain.english or section.chain.name,
            tuple(next(s for s in STATUSES if s == node.status) for node in section.diagnosis.nodes),
        )
        for section in sections
    ]
    legend = "　".join(f"{STATUS_SIGNS[s]} {STATUS_WORDS[s](language)}" for s in STATUSES)
    blocks: list[Block] = [
        Illustration(
            status_strip(strips, language=language), say("strip_caption", language).format(legend=legend)
        )
    ]
    charted = max(sections, key=lambda section: _total(section.diagnosis.nodes))
    nodes = sorted(charted.diagnosis.nodes, key=lambda node: -_count(node.figures.get("firms")))[:_A_CHART]
    values = tuple(_value(node.figures.get("firms"), language) for node in nodes)
    if any(value is not None for value in values):
        caption = say("firms_chart", language).format(chain=charted.chain.name)
        names = tuple(node.node for node in nodes)
        blocks.append(Chart(caption, "bar", names, (Series(say("firms", language), values),)))
    return blocks


def _total(nodes: Sequence[object]) -> int:
    """Only to choose which chain to draw: nodes share firms, so this is no figure."""
    return sum(_count(getattr(node, "figures", {}).get("firms")) for node in nodes)


def _count(figure: Figure | None) -> int:
    return -1 if figure is None or figure.value is None else int(figure.value)


def _value(figure: Figure | None, language: Language) -> Value | None:
    return None if figure is None or figure.value is None else Value(figure, written(figure, language))
