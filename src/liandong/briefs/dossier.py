"""The dossier that an officer takes to a firm: who it is, why it, why here, what is not known yet."""

from __future__ import annotations

from liandong.briefs.blocks import (
    Block,
    Cell,
    Cited,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Table,
    Value,
    Words,
    cell,
)
from liandong.briefs.city import statement_table
from liandong.briefs.content import CityBrief
from liandong.briefs.courting import points_of, score_of
from liandong.briefs.limits import limits, may_be_shown, oldest
from liandong.briefs.stated import written
from liandong.briefs.vocabulary import measure_name, say
from liandong.errors import Language
from liandong.facts import Kind
from liandong.figures import RecordRef
from liandong.plan import NodeDiagnosis
from liandong.targets import Target
from liandong.targets.target import LABELS

_HERE = ("firms", "location_quotient", "relatedness_density", "supply_links")
_OFFERS = (Kind.CARRIER, Kind.COOPERATION, Kind.FUND, Kind.RECOGNITION, Kind.PROGRAM)
_MOST_OFFERS = 8


def compose_dossier(content: CityBrief, language: Language) -> Document:
    """Two pages a firm, in the order of the targets; then how to read it."""
    blocks: list[Block] = []
    for at, target in enumerate(content.targets):
        if at:
            blocks.append(PageBreak())
        blocks += _of_firm(target, content, language)
    blocks += [PageBreak(), Heading(1, say("pitch_limits", language)), *limits(content, language)]
    return Document(
        say("dossier_title", language).format(city=content.city),
        say("subtitle", language).format(date=content.date),
        language,
        tuple(blocks),
        stale=oldest(content),
    )


def _of_firm(target: Target, content: CityBrief, language: Language) -> list[Block]:
    separator = " · "
    line: list[Run] = [Words(separator.join((target.firm.place, target.chain, target.node)), "muted")]
    return [
        Heading(1, target.firm.name),
        Paragraph((*line, Words(separator), Words(say("score", language) + " "), score_of(target, language))),
        _record(target, content, language),
        Heading(2, say("dossier_why", language)),
        Paragraph((Words(say("targets_method", language), "muted"),)),
        _reasons(target, language),
        Heading(2, say("dossier_here", language).format(city=content.city, node=target.node)),
        *_here(target, content, language),
        *_offers(target, content, language),
        Heading(2, say("dossier_open", language)),
        *_open(target, language),
        Heading(2, say("dossier_notes", language)),
        _notes(language),
    ]


def _record(target: Target, content: CityBrief, language: Language) -> Table:
    """The registration as it is written, each cell led to its row."""
    known = next((firm for firm in content.firms if firm.firm_id == target.firm.firm_id), None)
    row = RecordRef(target.firm.source, target.firm.row)
    cells: tuple[tuple[str, str | None], ...] = (
        ("uscc", target.firm.uscc),
        ("founded", target.firm.founded),
        ("stock_code", target.firm.stock_code),
    )
    if known is not None:
        row, cells = known.row, known.cells
    rows = tuple(
        (
            cell(Words(say(key, language), "muted")),
            cell(Cited(text, (row,)) if text else Words("—")),
        )
        for key, text in cells
    )
    columns = (Column(say("item", language), 0.22), Column(say("dossier_record", language), 0.78))
    return Table(say("dossier_who", language), columns, rows)


def _reasons(target: Target, language: Language) -> Table:
    """Every reason with its points of the most it could give, and the figure they follow from."""
    ranked = sorted(target.contributions, key=lambda item: (-item.points, item.name))
    columns = (
        Column(say("reasons", language), 0.34),
        Column(say("behind", language), 0.44),
        Column(say("points_head", language), 0.22, numeric=True),
    )
    rows = tuple(
        (
            cell(Words(LABELS[item.name](language))),
            cell(Value(item.figure, written(item.figure, language, digits=2))),
            cell(
                *((points_of(item, target, language),) if item.figure.known else (Words("—"),)),
                Words(f" / {item.most}", "muted"),
            ),
        )
        for item in ranked
    )
    return Table(say("dossier_reasons", language), columns, rows)


def _here(target: Target, content: CityBrief, language: Language) -> list[Block]:
    """The state of the node in the city."""
    node = _node(target, content)
    if node is None:
        return []
    columns = (Column(say("item", language), 0.4), Column(say("value", language), 0.6))
    rows = tuple(
        (cell(Words(measure_name(name, language))), cell(Value(figure, written(figure, language, digits=3))))
        for name in _HERE
        if (figure := node.figures.get(name)) is not None
    )
    status = say(f"status_{node.status}", language)
    said = say("dossier_status", language).format(node=node.node, status=status)
    return [Paragraph((Words(said),)), Table(say("dossier_state", language), columns, rows)]


def _node(target: Target, content: CityBrief) -> NodeDiagnosis | None:
    for section in content.chains:
        if section.chain.name == target.chain:
            return next((node for node in section.diagnosis.nodes if node.node == target.node), None)
    return None


def _offers(target: Target, content: CityBrief, language: Language) -> list[Block]:
    """What the city can show: facts of its carriers, partners and honours, those on this chain first."""
    shown = [fact for fact in content.facts if fact.kind in _OFFERS and may_be_shown(fact, content.reviewed)]
    words = (target.chain, target.node)
    shown.sort(key=lambda fact: not any(word in fact.quote for word in words))
    return statement_table("dossier_offers", shown[:_MOST_OFFERS], content, language)


def _open(target: Target, language: Language) -> list[Block]:
    """What is not known of the firm, as questions to bring back answers to."""
    unknown = [LABELS[item.name](language) for item in target.contributions if not item.figure.known]
    separator = "、" if language == "zh" else ", "
    lines = [say("unknown_reasons", language).format(names=separator.join(unknown))] if unknown else []
    lines.append(say("dossier_ask", language))
    return [Paragraph((Words(line),)) for line in lines]


def _notes(language: Language) -> Table:
    """Lines to write on."""
    columns = (
        Column(say("notes_when", language), 0.18),
        Column(say("notes_who", language), 0.22),
        Column(say("notes_said", language), 0.6),
    )
    empty = (Cell(((Words(" "),),)),) * 3
    return Table(say("dossier_notes", language), columns, (empty,) * 3)
