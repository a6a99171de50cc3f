"""Who supplies whom: coefficients of an input–output table, mapped to GB/T 4754 codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from liandong.economy.panel import Array, PanelError
from liandong.errors import Text


def technical_coefficients(flows: Array, output: Array) -> Array:
    """Input of each sector needed for one unit of output: a_ij = z_ij / x_j (Leontief 1936).

    flows: (sectors, sectors), row delivers to column. output: (sectors), gross output in the same money.
    A sector without output and inputs has a column of zeros. Raises PanelError on other shapes, or for inputs
    without output.
    """
    z, x = read_table(flows, output)
    hollow = np.flatnonzero((x <= 0) & (z != 0).any(axis=0))
    if hollow.size:
        raise PanelError(Text("有投入而没有产出。", "inputs without output."), industry=str(int(hollow[0])))
    coefficients = np.zeros_like(z)
    np.divide(z, x[None, :], out=coefficients, where=x[None, :] > 0)
    return coefficients


def leontief_inverse(coefficients: Array) -> Array:
    """L = (I − A)⁻¹: output needed everywhere, directly and indirectly, for one unit of final use.

    Raises PanelError where the table is not productive (no solution, or a negative entry).
    """
    a = np.asarray(coefficients, dtype=np.float64)
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise PanelError(Text("系数矩阵须为方阵。", f"the coefficients are {a.shape}, not square."))
    unproductive = PanelError(
        Text("投入产出表不可生产:系数过大。", "the table is not productive: its inputs use up the output.")
    )
    try:
        inverse = np.linalg.solve(np.eye(a.shape[0]) - a, np.eye(a.shape[0]))
    except np.linalg.LinAlgError:
        raise unproductive from None
    if inverse.min(initial=0.0) < -1e-9:
        raise unproductive
    return np.asarray(inverse)


@dataclass(frozen=True, slots=True)
class Link:
    """Deliveries between two sets of industries, through the sectors they belong to.

    suppliers, users: sector codes. direct: suppliers' goods in one yuan of the users' output. total: the same
    with all indirect use (Leontief inverse, the users' own unit not counted). cells: (from, to) sector
    codes summed. None where a set has no sector.
    """

    suppliers: tuple[str, ...]
    users: tuple[str, ...]
    direct: float | None
    total: float | None
    cells: tuple[tuple[str, str], ...]


class Linkages:
    """An input–output table with the sectors of GB/T 4754 codes.

    sectors: their codes. flows, output: as for `technical_coefficients`. sector_of: the sector of an
    industry code, None for one that spans several. members: the classes of such a code.
    """

    def __init__(
        self,
        sectors: Iterable[str],
        flows: Array,
        output: Array,
        sector_of: Callable[[str], str | None],
        members: Callable[[str], Iterable[str]] | None = None,
    ) -> None:
        self.sectors = tuple(sectors)
        self.flows, self.output = read_table(flows, output)
        if len(self.sectors) != self.output.size:
            raise PanelError(
                Text("部门数与表不符。", f"{len(self.sectors)} sectors for a table of {self.output.size}.")
            )
        self._sector_of = sector_of
        self._members = members
        self._position = {code: n for n, code in enumerate(self.sectors)}
        self._inverse = leontief_inverse(technical_coefficients(self.flows, self.output))

    @classmethod
    def national(cls) -> Linkages:
        """The national table of 2020, 153 sectors, that the reference room carries."""
        from liandong.reference import linkages, members  # the table is read only when someone asks for it

        sectors = linkages.sectors()
        return cls(
            (sector.code for sector in sectors),
            np.asarray(linkages.flows(), dtype=np.float64),
            np.array([float(sector.output) for sector in sectors]),
            linkages.sector_of,
            members,
        )

    def link(self, suppliers: Iterable[str], users: Iterable[str]) -> Link:
        """What the industries `suppliers` deliver to the industries `users` (GB/T 4754 codes)."""
        rows, columns = self._of(suppliers), self._of(users)
        cells = tuple((self.sectors[i], self.sectors[j]) for i in rows for j in columns)
        names = tuple(self.sectors[i] for i in rows), tuple(self.sectors[j] for j in columns)
        weight = self.output[columns].sum()
        if not cells or weight <= 0:
            return Link(*names, None, None, cells)
        block = np.ix_(rows, columns)
        own = np.eye(self.output.size)[block]
        total = ((self._inverse[block] - own) * self.output[columns]).sum() / weight
        return Link(*names, float(self.flows[block].sum() / weight), float(total), cells)

    def between(self, industries: Iterable[str]) -> Array:
        """Direct input coefficients between industries, row supplies column: (industries, industries).

        industries: GB/T 4754 codes of any level; one that spans several sectors is all of them together.
        Yuan of the supplier's goods in one yuan of the user's output; NaN where either has no sector. Two
        industries of one sector share its figures: the table is no finer.
        """
        spans = [self._span(code) for code in industries]
        member = np.zeros((len(spans), self.output.size))
        for n, span in enumerate(spans):
            member[n, span] = 1.0
        weight = member @ self.output
        goods = member @ self.flows @ member.T
        out = np.full(goods.shape, np.nan)
        np.divide(goods, weight[None, :], out=out, where=(weight > 0)[None, :] & (weight > 0)[:, None])
        return out

    def _span(self, code: str) -> list[int]:
        if (one := self._of([code])) or self._members is None:
            return one
        return self._of(self._members(code))

    def _of(self, codes: Iterable[str]) -> list[int]:
        found = {self._sector_of(code) for code in codes}
        return sorted(self._position[sector] for sector in found if sector in self._position)


def read_table(flows: Array, output: Array) -> tuple[Array, Array]:
    """Both as double precision, checked for shape and unknown cells."""
    z = np.asarray(flows, dtype=np.float64)
    x = np.asarray(output, dtype=np.float64)
    if z.ndim != 2 or z.shape[0] != z.shape[1] or x.shape != z.shape[:1]:
        raise PanelError(
            Text(
                "流量须为方阵,总产出与其同长。",
                f"flows are {z.shape} and output {x.shape}; a square and its side are needed.",
            )
        )
    if not (np.isfinite(z).all() and np.isfinite(x).all()):
        raise PanelError(Text("投入产出表有空缺。", "the table has unknown cells."))
    return z, x
