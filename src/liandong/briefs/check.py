"""A figure without a source cannot be placed: every offending place is named, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from liandong.briefs.blocks import Chart, Document, Value, Words, annexed_runs, placed_runs
from liandong.briefs.content import Grounds
from liandong.errors import InputError, InputErrors, Text
from liandong.figures import DerivedRef, Evidence, FactRef, Figure


class BriefError(InputErrors):
    """The brief is refused: figures or statements without evidence, or with evidence that leads nowhere."""


def require_sources(document: Document, content: Grounds) -> None:
    """Raise BriefError with every place whose figure or statement cannot be traced.

    An unknown figure (—) asserts nothing and may lack evidence.
    """
    known = {page.sha256 for page in content.pages}
    quotes = {fact.id: fact.page in known for fact in content.facts}
    faults = []
    for placed in chain(placed_runs(document), annexed_runs(document)):
        run = placed.run
        if isinstance(run, Words):
            continue
        if isinstance(run, Value):
            problems = _of_figure(run.figure, quotes)
        else:
            problems = _of_evidence(run.evidence, quotes) if run.evidence else iter((_NO_EVIDENCE,))
        for problem in dict.fromkeys(problems):
            said = Text(f"“{run.text}”{problem.zh}", f'"{run.text}" {problem.en}')
            faults.append(InputError(said, field=placed.place))
    faults += _of_charts(document)
    if faults:
        raise BriefError(tuple(faults))


_NO_EVIDENCE = Text("没有出处。", "has no source.")


def _of_charts(document: Document) -> list[InputError]:
    """A chart may not set side by side on one axis what differs in unit, measure or standing."""
    faults = []
    for block in document.blocks:
        if not isinstance(block, Chart):
            continue
        kinds = {
            (value.figure.unit, value.figure.measure, value.figure.standing, value.figure.currency)
            for series in block.series
            for value in series.values
            if value is not None and value.figure.known
        }
        if len(kinds) > 1:
            named = "、".join(sorted(f"{measure}({unit},{standing})" for unit, measure, standing, _ in kinds))
            faults.append(
                InputError(
                    Text(f"同一图中口径不同:{named}。", f"one chart of different figures: {named}."),
                    field=block.caption,
                )
            )
    return faults


def _of_figure(figure: Figure, quotes: dict[str, bool]) -> Iterator[Text]:
    stated = any(number is not None for number in (figure.value, figure.low, figure.high))
    if stated and not figure.evidence:
        yield _NO_EVIDENCE
    yield from _of_evidence(figure.evidence, quotes)


def _of_evidence(evidence: tuple[Evidence, ...], quotes: dict[str, bool]) -> Iterator[Text]:
    for item in evidence:
        if isinstance(item, FactRef):
            if item.fact_id not in quotes:
                yield Text(
                    f"所引事实 {item.fact_id} 不存在。", f"cites the fact {item.fact_id}, which is not there."
                )
            elif not quotes[item.fact_id]:
                yield Text(
                    f"所引事实 {item.fact_id} 的页面不存在。",
                    f"cites the fact {item.fact_id}, whose page is not there.",
                )
        elif isinstance(item, DerivedRef):
            if not item.inputs:
                yield Text(
                    f"由“{item.formula}”推算,但没有输入。", f'is derived by "{item.formula}" from no input.'
                )
            for _, given in item.inputs:
                if isinstance(given, Figure):
                    yield from _of_figure(given, quotes)
                else:
                    yield from _of_evidence((given,), quotes)
