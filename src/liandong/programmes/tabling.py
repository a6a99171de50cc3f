"""A whole table of firms against all programmes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liandong.programmes.matching import Outcome, in_effect, judge, together
from liandong.programmes.model import Condition, Programme
from liandong.programmes.subject import COLUMNS, firm_value

_CODES = {Outcome.FAILED: 0, Outcome.OPEN: 1, Outcome.MET: 2}
_OUTCOMES = {code: outcome for outcome, code in _CODES.items()}


@dataclass(frozen=True)
class Qualifying:
    """For every row of a table of firms, which programmes count for it.

    programmes: those that are in effect and for firms. met: (rows, programmes), True where a row qualifies.
    open: the same, True where nothing failed and something is unknown.
    """

    programmes: tuple[Programme, ...]
    met: NDArray[np.bool_]
    open: NDArray[np.bool_]

    @property
    def counts(self) -> NDArray[np.float64]:
        """How many programmes each row surely qualifies for; NaN where none is sure and one is open."""
        sure = self.met.sum(axis=1).astype(float)
        return np.where((sure == 0) & self.open.any(axis=1), np.nan, sure)


def qualifying(programmes: Sequence[Programme], firms: pa.Table, on: date) -> Qualifying:
    """Which of the programmes in effect on a day count for each firm of a table (columns of the registry).

    The same as `match` row by row; each condition is judged once per distinct value.
    """
    effective = tuple(
        each for each in programmes if "firm" in each.subjects and not tuple(in_effect(each, on))
    )
    answers = [_answers(each, firms, on) for each in effective]
    rows = (firms.num_rows, len(effective))
    found = np.array(answers, dtype=np.int8).T.reshape(rows)
    return Qualifying(effective, found == _CODES[Outcome.MET], found == _CODES[Outcome.OPEN])


def _answers(programme: Programme, firms: pa.Table, on: date) -> NDArray[np.int8]:
    """The code of the outcome for every row."""
    columns = [_judged(condition, firms, on) for condition in programme.conditions]
    if not columns:
        return np.full(firms.num_rows, _CODES[Outcome.OPEN], dtype=np.int8)
    table = np.stack(columns, axis=1)
    kinds, row_of = np.unique(table, axis=0, return_inverse=True)
    outcomes = [_CODES[together(programme, [_OUTCOMES[int(code)] for code in kind])] for kind in kinds]
    return np.array(outcomes, dtype=np.int8)[np.ravel(row_of)]


def _judged(condition: Condition, firms: pa.Table, on: date) -> NDArray[np.int8]:
    names = COLUMNS.get(condition.quality)
    if names is None:  # no registry says it
        return np.full(firms.num_rows, _CODES[Outcome.OPEN], dtype=np.int8)
    columns = [firms[name].to_pylist() for name in names]
    judged: Callable[[tuple[Any, ...]], int] = _remembering(condition, names, on)
    return np.fromiter((judged(values) for values in zip(*columns, strict=True)), np.int8, firms.num_rows)


def _remembering(condition: Condition, names: Sequence[str], on: date) -> Callable[[tuple[Any, ...]], int]:
    known: dict[Any, int] = {}

    def judged(values: tuple[Any, ...]) -> int:
        key = tuple(tuple(value) if isinstance(value, list) else value for value in values)
        if key not in known:
            row = dict(zip(names, values, strict=True))
            known[key] = _CODES[judge(condition, firm_value(condition.quality, row, on))]
        return known[key]

    return judged
