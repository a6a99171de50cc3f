"""The one-page report to the leader (专报), set as an official paper: what stands, what lacks, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from liandong.briefs.blocks import Document, Paragraph, Run, Value, Words
from liandong.briefs.content import CityBrief
from liandong.briefs.courting import score_of
from liandong.briefs.limits import may_be_shown, oldest
from liandong.briefs.stated import figure_of, stated, written
from liandong.briefs.tabling import sections
from liandong.briefs.vocabulary import say, term
from liandong.errors import Language
from liandong.facts import Fact, Kind
from liandong.figures import DerivedRef, Figure
from liandong.targets.target import LABELS

_STATUSES = ("strong", "present", "weak", "missing")
_INDICATORS, _GAPS, _TARGETS = 5, 4, 3


def compose_memo(content: CityBrief, language: Language) -> Document:
    """Three short sections; what the data do not show is not said."""
    made = (
        ("memo_state", _state(content, language)),
        ("memo_chains", _chains(content, language)),
        ("memo_next", _next(content, language)),
    )
    return Document(
        say("memo_title", language).format(city=content.city),
        say("memo_subtitle", language).format(date=content.date),
        language,
        sections(((key, [Paragraph(tuple(runs))] if runs else []) for key, runs in made), language),
        layout="official",
        stale=oldest(content),
        head=content.letterhead,
    )


def _state(content: CityBrief, language: Language) -> list[Run]:
    """The city's own indicators in one sentence."""
    facts = [
        fact
        for fact in content.facts
        if fact.kind == Kind.INDICATOR
        and fact.subject == content.city
        and figure_of(fact) is not None
        and may_be_shown(fact, content.reviewed)
    ][:_INDICATORS]
    return (
        [Words(say("memo_city", language).format(city=content.city)), *_listed(facts, content, language)]
        if facts
        else []
    )


def _listed(facts: Sequence[Fact], content: CityBrief, language: Language) -> list[Run]:
    runs: list[Run] = []
    for at, fact in enumerate(facts):
        name = term(fact.indicator, language)
        runs.append(Words(("、" if language == "zh" else "; ") if at else ""))
        runs.append(Words(name if language == "zh" else name + ": "))
        runs += stated(fact, language, reviewed=fact.id in content.reviewed)
    return [*runs, _stop(language)]


def _chains(content: CityBrief, language: Language) -> list[Run]:
    """How many nodes of each chain are strong, weak and missing, and which are missing."""
    runs: list[Run] = []
    for section in content.chains:
        nodes = section.diagnosis.nodes
        missing = [node.node for node in nodes if node.status == "missing"]
        counted: list[Run] = []
        for status in _STATUSES:
            inputs = tuple(
                (node.node, node.figures["firms"])
                for node in nodes
                if node.status == status and "firms" in node.figures
            )
            if inputs:
                formula = say("memo_formula", language).format(
                    chain=section.chain.name, status=say(f"status_{status}", language)
                )
                figure = Figure(Decimal(len(inputs)), "个", "nodes", evidence=(DerivedRef(formula, inputs),))
                comma = ("，" if language == "zh" else ", ") if counted else ""
                counted += [
                    Words(comma + say(f"memo_{status}", language)),
                    Value(figure, written(figure, language)),
                ]
        if counted:
            name = section.chain.name if language == "zh" else section.chain.english or section.chain.name
            runs += [Words(say("memo_chain", language).format(chain=name)), *counted]
            if missing:
                separator = "、" if language == "zh" else ", "
                names = separator.join(missing[:_GAPS])
                runs.append(Words(say("memo_missing_names", language).format(names=names)))
            runs.append(_stop(language))
    return runs or ([Words(say("memo_unsure", language))] if content.chains else [])


def _next(content: CityBrief, language: Language) -> list[Run]:
    """The firms to begin with."""
    if not content.targets:
        return []
    runs: list[Run] = [Words(say("memo_court", language))]
    for at, target in enumerate(content.targets[:_TARGETS]):
        name = (
            f"{target.firm.name}（{target.firm.place}）"
            if language == "zh"
            else f"{target.firm.name} ({target.firm.place})"
        )
        best = max(target.contributions, key=lambda item: item.points)
        comma = "，" if language == "zh" else ", "
        runs += [
            Words(("；" if language == "zh" else "; ") if at else ""),
            Words(f"{name}{comma}{target.node}{comma}{say('score', language)} "),
            score_of(target, language),
            Words(comma + say("memo_reason", language).format(name=LABELS[best.name](language)) + " "),
            Value(best.figure, written(best.figure, language, digits=2)),
        ]
    return [*runs, _stop(language)]


def _stop(language: Language) -> Words:
    return Words("。" if language == "zh" else ". ")
