"""The chain report for its task force: state, gaps with their figures, facts on it, whom to court."""

from __future__ import annotations

from collections.abc import Sequence

from liandong.briefs.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Series,
    Table,
    Value,
    Words,
    cell,
)
from liandong.briefs.chains import chain_blocks
from liandong.briefs.city import standing_blocks, statement_table
from liandong.briefs.content import ChainSection, CityBrief
from liandong.briefs.courting import origin_blocks, target_blocks
from liandong.briefs.limits import may_be_shown, oldest
from liandong.briefs.product_space import space_blocks
from liandong.briefs.stated import written
from liandong.briefs.tabling import sections
from liandong.briefs.vocabulary import measure_name, say
from liandong.errors import Language
from liandong.facts import Fact, Kind
from liandong.figures import Figure
from liandong.plan import NodeDiagnosis

_ADVICE = ("strengthen", "fill", "extend")
_TOLD = ("firms", "share", "location_quotient", "shrunk_quotient", "relatedness_density", "supply_links")


def compose_chain(content: CityBrief, language: Language) -> Document:
    """The report on the first chain of the content; sections without content are left out."""
    section = content.chains[0]
    name = _name(section, language)
    made = (
        ("standing", standing_blocks(content, language)),
        ("chain_state", [Paragraph((Words(say("method", language)),)), *chain_blocks(section, language)[1:]]),
        ("chain_firms", _firms(section, language)),
        ("chain_advice", _advice(section, language)),
        ("chain_space", space_blocks(content.space, language, named=_codes(section))),
        ("chain_facts", _facts(section, content, language)),
        ("targets", target_blocks(content, language)),
        ("origins", origin_blocks(content, language)),
    )
    return Document(
        say("chain_title", language).format(city=content.city, chain=name),
        say("subtitle", language).format(date=content.date),
        language,
        sections(made, language),
        contents=True,
        stale=oldest(content),
    )


def _codes(section: ChainSection) -> list[str]:
    return [code for node in section.chain.nodes for code in node.industries]


def _name(section: ChainSection, language: Language) -> str:
    return section.chain.name if language == "zh" else section.chain.english or section.chain.name


def _firms(section: ChainSection, language: Language) -> list[Block]:
    """Local firms by node as a chart that can be edited."""
    nodes = section.diagnosis.nodes
    values = tuple(_value(node.figures.get("firms"), language) for node in nodes)
    if not any(value is not None for value in values):
        return []
    caption = say("firms_chart", language).format(chain=_name(section, language))
    names = tuple(node.node for node in nodes)
    return [Chart(caption, "bar", names, (Series(say("firms", language), values),))]


def _advice(section: ChainSection, language: Language) -> list[Block]:
    """What to strengthen, fill and extend, with all figures behind it."""
    blocks: list[Block] = []
    for advice in _ADVICE:
        nodes = [node for node in section.diagnosis.nodes if node.advice == advice]
        if nodes:
            blocks += [Heading(2, say(advice, language)), _reasons(nodes, advice, language)]
    return blocks


def _reasons(nodes: Sequence[NodeDiagnosis], advice: str, language: Language) -> Table:
    columns = (
        Column(say("node", language), 0.24),
        Column(say("status", language), 0.12),
        Column(say("behind", language), 0.64),
    )
    rows = tuple(
        (
            cell(Words(node.node)),
            cell(Words(say(f"status_{node.status}", language))),
            Cell(
                tuple(
                    (
                        Words(f"{measure_name(name, language)} "),
                        Value(figure, written(figure, language, digits=3)),
                    )
                    for name in _TOLD
                    if (figure := node.figures.get(name)) is not None
                )
            ),
        )
        for node in nodes
    )
    return Table(say("advice_caption", language).format(advice=say(advice, language)), columns, rows)


def _facts(section: ChainSection, content: CityBrief, language: Language) -> list[Block]:
    """What the read pages say of the chain: facts whose sentence names it or one of its nodes."""
    words = {section.chain.name, *(word for node in section.chain.nodes for word in (node.name, *node.words))}
    said = [
        fact
        for fact in content.facts
        if fact.kind != Kind.META
        and may_be_shown(fact, content.reviewed)
        and any(word in _about(fact) for word in words)
    ]
    return statement_table("chain_facts_caption", said, content, language)


def _about(fact: Fact) -> str:
    return " ".join(filter(None, (fact.subject, fact.indicator, fact.value_text)))


def _value(figure: Figure | None, language: Language) -> Value | None:
    return None if figure is None or figure.value is None else Value(figure, written(figure, language))
