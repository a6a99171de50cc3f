"""Facts as runs: a value as people write it, a statement in the words of the source, reviewed or not."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from liandong.briefs.blocks import Cited, Run, Value, Words
from liandong.briefs.vocabulary import bound, say
from liandong.errors import Language
from liandong.facts import Fact
from liandong.figures import Basis, FactRef, Figure, Standing, render, render_number


def figure_of(fact: Fact) -> Figure | None:
    """The figure a fact states: a number, or a range as its bounds; None for text, a ratio or a structure."""
    numbers = _numbers(fact.value)
    if not numbers:
        return None
    return Figure(
        numbers[0] if len(numbers) == 1 else None,
        fact.unit or "",
        fact.indicator,
        standing=Standing.PLANNED if fact.modality == "planned" else Standing.ACTUAL,
        basis=Basis(as_of=fact.period),
        evidence=(FactRef(fact.id),),
        low=numbers[0] if len(numbers) == 2 else None,
        high=numbers[1] if len(numbers) == 2 else None,
    )


def stated(fact: Fact, language: Language, *, reviewed: bool) -> tuple[Run, ...]:
    """What the fact says, with its reference; marked where no person has reviewed it yet."""
    figure = figure_of(fact)
    mark = () if reviewed else (Words(" " + say("unreviewed", language), "warning"),)
    if figure is None:
        text = _listed(fact.value or fact.value_text or fact.quote, language)
        return (Cited(text, (FactRef(fact.id),), planned=fact.modality == "planned"), *mark)
    before = bound(fact.qualifier, language)[0] or bound(_inner(fact.value_text), language)[0]
    return (Value(figure, before + written(figure, language)), *mark)


def written(figure: Figure, language: Language, *, digits: int | None = None) -> str:
    """A figure as people write it, its interval in brackets; a range without a value as its bounds."""
    if figure.low is None or figure.high is None:
        return render(figure, language, digits=digits)
    low, high = (render_number(n, language, digits=digits) for n in (figure.low, figure.high))
    if figure.value is None:
        top = Figure(figure.high, figure.unit, figure.measure, standing=figure.standing)
        return f"{low}–{render(top, language, digits=digits)}"
    return f"{render(figure, language, digits=digits)} ({low}–{high})"


def _inner(text: str | None) -> str | None:
    """The bound inside a number: 120余家 and 40多家 are more than the digits say."""
    return "超过" if text and ("余" in text or "多" in text) else None


def _numbers(value: str | None) -> list[Decimal]:
    try:
        return [Decimal(part) for part in value.split("~")] if value else []
    except InvalidOperation:
        return []


def _listed(text: str, language: Language) -> str:
    return ("、" if language == "zh" else "; ").join(part.strip() for part in text.split(";") if part.strip())
