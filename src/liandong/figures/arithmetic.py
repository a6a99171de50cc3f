"""Sums, differences and ratios that refuse what may not be put together and keep their inputs open."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from liandong.figures.evidence import DerivedRef
from liandong.figures.figure import Coverage, Figure, IncompatibleFiguresError

_MUST_AGREE = ("unit", "measure", "standing", "basis", "currency")


def total(figures: Iterable[Figure]) -> Figure:
    """The sum of like figures; unknown if any of them is unknown.

    Raises IncompatibleFiguresError if two differ in unit, measure, standing, basis or currency,
    ValueError if there is none.
    """
    terms = tuple(figures)
    if not terms:
        raise ValueError("the sum of no figures has no unit")
    for term in terms[1:]:
        _require_alike(terms[0], term)
    values = [term.value for term in terms]
    value = None if None in values else sum((v for v in values if v is not None), Decimal(0))
    names = tuple((f"x{i}", term) for i, term in enumerate(terms, 1))
    return _derived(terms, value, " + ".join(name for name, _ in names), names)


def add(a: Figure, b: Figure) -> Figure:
    """a + b for like figures."""
    return total((a, b))


def difference(a: Figure, b: Figure) -> Figure:
    """a - b for like figures; unknown if either is."""
    _require_alike(a, b)
    value = None if a.value is None or b.value is None else a.value - b.value
    return _derived((a, b), value, "a - b", (("a", a), ("b", b)))


def ratio(part: Figure, whole: Figure, *, measure: str = "share", percent: bool = False) -> Figure:
    """part / whole, dimensionless or in %; unknown if either is, or if the whole is zero.

    The two must agree in unit and currency, basis and standing; the measure may differ (registered high-tech
    firms over all firms). Raises IncompatibleFiguresError otherwise.
    """
    _require_alike(part, whole, ("unit", "standing", "basis", "currency"))
    value = None
    if part.value is not None and whole.value is not None and whole.value != 0:
        value = part.value / whole.value * (100 if percent else 1)
    return Figure(
        value,
        "%" if percent else "",
        measure,
        standing=part.standing,
        basis=part.basis,
        coverage=_common_coverage((part, whole)),
        evidence=(
            DerivedRef(
                "100 * part / whole" if percent else "part / whole", (("part", part), ("whole", whole))
            ),
        ),
    )


def _require_alike(a: Figure, b: Figure, fields: tuple[str, ...] = _MUST_AGREE) -> None:
    for field in fields:
        one, other = getattr(a, field), getattr(b, field)
        if one != other:
            raise IncompatibleFiguresError(f"{field} differs: {one} and {other}")


def _derived(
    terms: tuple[Figure, ...], value: Decimal | None, formula: str, names: tuple[tuple[str, Figure], ...]
) -> Figure:
    first = terms[0]
    return Figure(
        value,
        first.unit,
        first.measure,
        standing=first.standing,
        basis=first.basis,
        currency=first.currency,
        coverage=_common_coverage(terms),
        evidence=(DerivedRef(formula, names),),
    )


def _common_coverage(terms: tuple[Figure, ...]) -> Coverage | None:
    """The coverage all terms share; None where they differ: each input keeps its own."""
    found = {term.coverage for term in terms}
    return found.pop() if len(found) == 1 else None
