"""Programmes beside targets: how many of them count for each candidate, with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liandong.figures import Basis, Coverage, DerivedRef, Evidence, Figure, RecordRef
from liandong.programmes import Programme, Qualifying, qualifying
from liandong.targets.setting import Programmes


@dataclass(frozen=True, slots=True)
class _Eligible:
    """The candidates of one node with the programmes that count for them."""

    firms: pa.Table
    found: Qualifying
    on: date
    coverage: Coverage

    @property
    def counts(self) -> NDArray[np.float64]:
        return self.found.counts

    def figure(self, row: int) -> Figure:
        """How many programmes the firm surely qualifies for; each one's own source, and the firm's row."""
        flags = zip(self.found.programmes, self.found.met[row], strict=True)
        met = [programme for programme, is_met in flags if is_met]
        record = RecordRef(self.firms["source"][row].as_py(), self.firms["source_row"][row].as_py())
        inputs: dict[str, Evidence] = {"firm": record}
        for programme in met:
            (inputs[programme.name], *_) = programme.origin.evidence()
        value = self.counts[row]
        return Figure(
            None if np.isnan(value) else Decimal(int(value)),
            "项",
            "programmes",
            basis=Basis(as_of=self.on.isoformat()),
            coverage=self.coverage,
            evidence=(
                DerivedRef(
                    f"programmes in effect on {self.on} whose conditions the firm meets, "
                    f"of {len(self.found.programmes)} in effect",
                    tuple(inputs.items()),
                ),
            ),
        )


def eligibility(programmes: Sequence[Programme], on: date, coverage: Coverage) -> Programmes:
    """What a ranking asks of programmes. on: the day that they are asked for."""
    return lambda firms: _Eligible(firms, qualifying(programmes, firms, on), on, coverage)
