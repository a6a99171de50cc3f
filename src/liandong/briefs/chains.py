"""A chain in the brief: what is strong, weak and missing in words, the picture, the bars, the table."""

from __future__ import annotations

from liandong.briefs.blocks import (
    Block,
    Cell,
    Cited,
    Column,
    Heading,
    Illustration,
    Paragraph,
    Run,
    Table,
    Value,
    Words,
    cell,
)
from liandong.briefs.content import ChainSection
from liandong.briefs.stated import written
from liandong.briefs.vocabulary import say
from liandong.charts import (
    STATUS_SIGNS,
    STATUS_WORDS,
    ChainEdge,
    ChainNode,
    QuotientBar,
    Status,
    chain_picture,
    quotient_bars,
)
from liandong.charts.frames import STAGES, STATUSES, Stage
from liandong.charts.theme import STAGE_WORDS
from liandong.errors import Language
from liandong.figures import Figure
from liandong.plan import NodeDiagnosis

_SUMMARY: tuple[tuple[Status, str], ...] = (
    ("strong", "strong_nodes"),
    ("weak", "weak_nodes"),
    ("missing", "missing_nodes"),
    ("unsure", "unsure_nodes"),
)


def chain_blocks(section: ChainSection, language: Language) -> list[Block]:
    """Heading, summary by status, chain picture, quotient bars where any is above 0, and the table."""
    chain, nodes = section.chain, list(section.diagnosis.nodes)
    name = chain.name if language == "zh" else f"{chain.english} ({chain.name})"
    blocks: list[Block] = [Heading(2, name), Paragraph(tuple(_summary(section, language)))]
    if not nodes:
        return blocks
    stages = {node.node: _stage(node.stage.value) for node in nodes}
    drawn = [
        ChainNode(
            node.node,
            stages[node.node],
            _status(node),
            _whole(node.figures.get("firms")),
            _real(node.figures.get("location_quotient")),
        )
        for node in nodes
    ]
    shown = {node.node for node in nodes}
    edges = [ChainEdge(e.supplier, e.user) for e in chain.edges if {e.supplier, e.user} <= shown]
    picture = chain_picture(drawn, edges, language=language)
    blocks.append(Illustration(picture, say("chain_figure", language).format(chain=name)))
    bars = [_bar(node) for node in nodes]
    if any(bar.value for bar in bars):
        picture = quotient_bars(bars, language=language)
        blocks.append(Illustration(picture, say("quotient_figure", language).format(chain=name)))
    return [*blocks, _table(section, name, stages, language)]


def _summary(section: ChainSection, language: Language) -> list[Run]:
    separator = "、" if language == "zh" else ", "
    runs: list[Run] = []
    for status, key in _SUMMARY:
        names = [node.node for node in section.diagnosis.nodes if node.status == status]
        if names:
            runs.append(Words(say(key, language).format(nodes=separator.join(names))))
    if section.chain.leaders:
        evidence = section.chain.origin.evidence(field="leaders")
        runs += [
            Words(say("leaders", language)),
            Cited(separator.join(section.chain.leaders), evidence),
            Words("。" if language == "zh" else "."),
        ]
    return runs or [Words(say("none", language), "muted")]


def _table(section: ChainSection, name: str, stages: dict[str, Stage], language: Language) -> Table:
    heads = (
        ("node", 0.22, False),
        ("stage", 0.12, False),
        ("status", 0.11, False),
        ("firms", 0.13, True),
        ("quotient", 0.21, True),
        ("density", 0.11, True),
        ("advice", 0.1, False),
    )
    columns = tuple(Column(say(head, language), share, numeric) for head, share, numeric in heads)
    rows = tuple(
        (
            cell(Words(node.node)),
            cell(Words(STAGE_WORDS[stages[node.node]](language))),
            cell(Words(f"{STATUS_SIGNS[_status(node)]} {STATUS_WORDS[_status(node)](language)}")),
            _figure(node.figures.get("firms"), language, digits=None),
            _figure(node.figures.get("location_quotient"), language, digits=2),
            _figure(node.figures.get("relatedness_density"), language, digits=3),
            cell(Words(_advice(node, language))),
        )
        for node in section.diagnosis.nodes
    )
    return Table(say("chain_table", language).format(chain=name), columns, rows)


def _figure(figure: Figure | None, language: Language, *, digits: int | None) -> Cell:
    if figure is None:
        return cell(Words("—"))
    return cell(Value(figure, written(figure, language, digits=digits)))


def _bar(node: NodeDiagnosis) -> QuotientBar:
    figure = node.figures.get("location_quotient")
    if figure is None:
        return QuotientBar(node.node, None, status=_status(node))
    low, high = (None if n is None else float(n) for n in (figure.low, figure.high))
    return QuotientBar(node.node, _real(figure), low, high, _status(node))


def _status(node: NodeDiagnosis) -> Status:
    """The status as one of the five."""
    return next(known for known in STATUSES if known == node.status)


def _stage(stage: str) -> Stage:
    return next(known for known in STAGES if known == stage)


def _whole(figure: Figure | None) -> int | None:
    return None if figure is None or figure.value is None else int(figure.value)


def _real(figure: Figure | None) -> float | None:
    return None if figure is None or figure.value is None else float(figure.value)


def _advice(node: NodeDiagnosis, language: Language) -> str:
    """What to do about a node; with a question mark while its status is unsure."""
    if node.advice is None:
        return "—"
    return say(node.advice, language) + ("?" if node.status == "unsure" else "")
