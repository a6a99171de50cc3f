"""The city brief: from facts, diagnoses and targets to a document, by rule and without a claim of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from liandong.briefs.blocks import (
    Block,
    Cited,
    Document,
    Paragraph,
    Run,
    Table,
    Words,
    cell,
)
from liandong.briefs.chains import chain_blocks
from liandong.briefs.content import CityBrief
from liandong.briefs.courting import origin_blocks, target_blocks
from liandong.briefs.limits import limits, may_be_shown, oldest
from liandong.briefs.product_space import space_blocks
from liandong.briefs.stated import figure_of, stated
from liandong.briefs.tabling import columns, sections
from liandong.briefs.vocabulary import bound, coverage_words, file_name, moment, say, term
from liandong.errors import Language
from liandong.facts import Fact, Kind

Section = tuple[str, Callable[[CityBrief, Language], list[Block]]]


def compose(content: CityBrief, language: Language) -> Document:
    """The whole brief but its sources; sections without content are left out."""
    made: tuple[Section, ...] = (
        ("standing", standing_blocks),
        ("profile", _profile),
        ("honours", _honours),
        ("carriers", _carriers),
        ("partners", _partners),
        ("chains", _chains),
        ("space_section", _space),
        ("targets", target_blocks),
        ("origins", origin_blocks),
    )
    return Document(
        say("title", language).format(city=content.city),
        say("subtitle", language).format(date=content.date),
        language,
        sections(((key, make(content, language)) for key, make in made), language),
        contents=True,
        stale=oldest(content),
    )


def standing_blocks(content: CityBrief, language: Language) -> list[Block]:
    """How to read the document, the pages and the firm data that it stands on."""
    blocks: list[Block] = list(limits(content, language, coverage=False))
    if content.pages:
        heads = (("page_title", 0.4), ("page_source", 0.18), ("page_published", 0.18), ("page_origin", 0.24))
        rows = [
            (
                page.title or say("untitled", language),
                page.source or "—",
                moment(page.published) or "—",
                f"{file_name(page.origin)} · sha256 {page.sha256[:12]}",
            )
            for page in content.pages
        ]
        blocks.append(_text_table("pages_caption", heads, rows, language))
    if content.coverage:
        rows_of_data = [(c.source, coverage_words(c, language)) for c in content.coverage]
        heads_of_data = (("data", 0.3), ("limits", 0.7))
        blocks.append(_text_table("coverage_caption", heads_of_data, rows_of_data, language))
    return blocks


def _profile(content: CityBrief, language: Language) -> list[Block]:
    numbered, said = _parted(content, Kind.INDICATOR)
    return [
        *statement_table(
            "positioning_caption", _of(content, Kind.POSITIONING, Kind.PROGRAM), content, language
        ),
        *_indicators(numbered, content, language),
        *statement_table("texts_caption", said, content, language),
    ]


def _honours(content: CityBrief, language: Language) -> list[Block]:
    return [
        *statement_table("recognitions_caption", _of(content, Kind.RECOGNITION), content, language),
        *statement_table("ranks_caption", _of(content, Kind.RANK), content, language, scope=True),
    ]


def _carriers(content: CityBrief, language: Language) -> list[Block]:
    return statement_table("carriers_caption", _of(content, Kind.CARRIER), content, language)


def _partners(content: CityBrief, language: Language) -> list[Block]:
    return [
        *statement_table("cooperation_caption", _of(content, Kind.COOPERATION), content, language),
        *statement_table("funds_caption", _of(content, Kind.FUND), content, language),
        *statement_table("projects_caption", _of(content, Kind.PROJECT, Kind.EVENT), content, language),
    ]


def _chains(content: CityBrief, language: Language) -> list[Block]:
    if not content.chains:
        return []
    blocks: list[Block] = [Paragraph((Words(say("method", language)),))]
    for section in content.chains:
        blocks += chain_blocks(section, language)
    return blocks


def _space(content: CityBrief, language: Language) -> list[Block]:
    return space_blocks(content.space, language)


def _of(content: CityBrief, *kinds: Kind) -> list[Fact]:
    shown = [fact for fact in content.facts if may_be_shown(fact, content.reviewed)]
    return [fact for kind in kinds for fact in shown if fact.kind == kind]


def _parted(content: CityBrief, kind: Kind) -> tuple[list[Fact], list[Fact]]:
    """Facts with a number, and those without."""
    facts = _of(content, kind)
    return (
        [fact for fact in facts if figure_of(fact) is not None],
        [fact for fact in facts if figure_of(fact) is None],
    )


def _indicators(facts: Sequence[Fact], content: CityBrief, language: Language) -> list[Block]:
    if not facts:
        return []
    heads = (("item", 0.3), ("subject", 0.22), ("+value", 0.24), ("period", 0.13), ("qualifier", 0.11))
    rows = tuple(
        (
            cell(Words(term(fact.indicator, language))),
            cell(Words(fact.subject)),
            cell(*stated(fact, language, reviewed=fact.id in content.reviewed)),
            cell(Words(_period(fact.period, language))),
            cell(Words(_rest(fact, language))),
        )
        for fact in facts
    )
    return [Table(say("indicators_caption", language), columns(heads, language), rows)]


def statement_table(
    caption: str, facts: Sequence[Fact], content: CityBrief, language: Language, *, scope: bool = False
) -> list[Block]:
    """What sources say, a row a fact. caption: a label. scope: what a rank is among, not its qualifier."""
    if not facts:
        return []
    last = ("scope", 0.12) if scope else ("qualifier", 0.12)
    heads = (("subject", 0.23), ("item", 0.16), ("says", 0.36), last, ("period", 0.13))
    rows = tuple(
        (
            cell(Words(fact.subject)),
            cell(Words(term(fact.indicator, language))),
            cell(*_said(fact, content, language, scope=scope)),
            cell(Words((fact.region or "—") if scope else _rest(fact, language))),
            cell(Words(_period(fact.period, language))),
        )
        for fact in facts
    )
    return [Table(say(caption, language), columns(heads, language), rows)]


def _said(fact: Fact, content: CityBrief, language: Language, *, scope: bool) -> Iterator[Run]:
    """The statement; a rank leads with its words (全球最大), as on the page."""
    runs = stated(fact, language, reviewed=fact.id in content.reviewed)
    first = runs[0]
    qualifier = fact.qualifier if scope else None
    if qualifier and isinstance(first, Cited) and qualifier not in first.text:
        yield Words(f"{qualifier} · ")
    yield from runs


def _rest(fact: Fact, language: Language) -> str:
    """What the number's bound leaves of the qualifier."""
    qualifier = bound(fact.qualifier, language)[1] if figure_of(fact) is not None else fact.qualifier
    separator = "、" if language == "zh" else "; "
    return (qualifier or "—").replace(";", separator)


def _period(period: str | None, language: Language) -> str:
    """An ISO period; from/to with a dash."""
    return (period or "—").replace("/", "–")


def _text_table(
    caption: str, heads: Sequence[tuple[str, float]], rows: Sequence[tuple[str, ...]], language: Language
) -> Table:
    return Table(
        say(caption, language),
        columns(heads, language),
        tuple(tuple(cell(Words(text)) for text in row) for row in rows),
    )
