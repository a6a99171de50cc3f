"""Every way to falsify a fact by a little, for the gate to refuse."""

import random
from collections.abc import Iterator
from dataclasses import replace

from liandong.facts import Fact, Kind

TEXTS = ("value", "value_text", "subject", "indicator", "quote", "period", "region", "unit", "qualifier")
OFFSETS = ("start", "end", "value_start", "value_end")
BOUND = ("subject", "indicator", "period", "modality", "region")
STRANGE = "市产业高新金123"


def says(fact: Fact) -> tuple[object, ...]:
    """All that a fact states, and where: two facts that agree in it are the same."""
    basis = tuple(sorted((name, g.how, g.start, g.end) for name, g in fact.basis.items()))
    texts = tuple(getattr(fact, name) for name in (*TEXTS, *OFFSETS, "kind", "modality", "parent"))
    return (*texts, basis)


def alterations(fact: Fact, others: list[Fact], chance: random.Random) -> Iterator[tuple[str, Fact]]:
    """A character changed or dropped, an offset moved, a field taken from another fact of the page."""
    for name in TEXTS:
        yield from _texts(fact, name, chance)
    for name in OFFSETS:
        if (value := getattr(fact, name)) is not None:
            yield name, fact.but(**{name: value + chance.choice([-3, -2, -1, 1, 2, 3])})
    yield "modality", fact.but(modality="planned" if fact.modality == "actual" else "actual")
    yield "kind", fact.but(kind=chance.choice([kind for kind in Kind if kind is not fact.kind]))
    for name, ground in fact.basis.items():
        if ground.start is not None and ground.end is not None:
            moved = replace(ground, start=ground.start + chance.choice([-1, 1]))
            yield f"basis of {name}", fact.but(basis={**fact.basis, name: moved})
            moved = replace(ground, end=ground.end + chance.choice([-1, 1]))
            yield f"basis of {name}", fact.but(basis={**fact.basis, name: moved})
    if others:
        yield from _swaps(fact, others, chance)


def _texts(fact: Fact, name: str, chance: random.Random) -> Iterator[tuple[str, Fact]]:
    value = getattr(fact, name)
    if not value:
        return
    at = chance.randrange(len(value))
    old = value[at]
    new = str((int(old) + chance.randrange(1, 10)) % 10) if old in "0123456789" else chance.choice(STRANGE)
    if new != old:
        yield name, fact.but(**{name: value[:at] + new + value[at + 1 :]})
    if len(value) > 1:
        yield name, fact.but(**{name: value[:at] + value[at + 1 :]})


def _swaps(fact: Fact, others: list[Fact], chance: random.Random) -> Iterator[tuple[str, Fact]]:
    for name in BOUND:
        other = chance.choice(others)
        if getattr(other, name) != getattr(fact, name):
            yield f"{name} of another", fact.but(**{name: getattr(other, name)})
            both = {name: getattr(other, name), "basis": {**fact.basis, name: other.basis[name]}}
            yield f"{name} of another with its ground", fact.but(**both)
    yield "parent", fact.but(parent=chance.choice(others).id)
