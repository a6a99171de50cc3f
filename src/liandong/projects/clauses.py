"""The fair-competition gate: which promises national rules forbid, by a table that names the rule.

The table is data (`data/clauses.toml`): each rule says by words what a clause must hold, what lifts the
concern, and the basis in law. It flags for people; a lawyer's review is a record of its own (公平竞争审查).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from liandong.errors import Text

Outcome = Literal["refused", "ask"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the table. all_of: patterns that must all be found in one sentence; unless: what lifts it."""

    id: str
    outcome: Outcome
    all_of: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    text: Text
    basis: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule that a clause touches: where (characters of the clause), what is wrong, on what basis."""

    rule: str
    outcome: Outcome
    start: int
    end: int
    text: Text
    basis: str

    @property
    def refused(self) -> bool:
        """Whether it may not be signed so; else a department must be asked."""
        return self.outcome == "refused"


_SENTENCE = re.compile(r"[^。;；！!？?\n]+")


def judge(clause: str, rules: tuple[Rule, ...] | None = None) -> tuple[Verdict, ...]:
    """The rules that the clause touches, in the order of the text; () if none: lawful general terms pass."""
    table = shipped_rules() if rules is None else rules
    found = []
    for sentence in _SENTENCE.finditer(clause):
        text = sentence[0]
        for rule in table:
            hits = [pattern.search(text) for pattern in rule.all_of]
            if all(hits) and not any(pattern.search(text) for pattern in rule.unless):
                first = min(hit.start() for hit in hits if hit)
                last = max(hit.end() for hit in hits if hit)
                found.append(
                    Verdict(
                        rule.id,
                        rule.outcome,
                        sentence.start() + first,
                        sentence.start() + last,
                        rule.text,
                        rule.basis,
                    )
                )
    return tuple(sorted(found, key=lambda verdict: (verdict.start, verdict.rule)))


@lru_cache(maxsize=1)
def shipped_rules() -> tuple[Rule, ...]:
    """The table of `data/clauses.toml`."""
    text = files("liandong.projects").joinpath("data", "clauses.toml").read_text("utf-8")
    return read_rules(tomllib.loads(text))


def read_rules(table: dict[str, Any]) -> tuple[Rule, ...]:
    """Rules from TOML. Raises ValueError, naming the rule, for a pattern or an outcome that is none."""
    rules = []
    for row in table["rule"]:
        try:
            if row["outcome"] not in ("refused", "ask"):
                raise ValueError(f'"{row["outcome"]}" is no outcome')
            rules.append(
                Rule(
                    row["id"],
                    row["outcome"],
                    tuple(re.compile(pattern) for pattern in row["all_of"]),
                    tuple(re.compile(pattern) for pattern in row.get("unless", ())),
                    Text(row["zh"], row["en"]),
                    row["basis"],
                )
            )
        except (KeyError, re.error, ValueError) as error:
            raise ValueError(f"rule {row.get('id', '?')}: {error}") from error
    return tuple(rules)
