"""The Target: a firm for a node, its score and what the score is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from liandong.errors import Language, Text
from liandong.figures import Figure

if TYPE_CHECKING:
    from liandong.targets.stability import Stability


@dataclass(frozen=True, slots=True)
class TargetFirm:
    """What one needs to know of a firm to find it again.

    place: province and prefecture in words. source, row: where its registration stands. origins: how it came
    to be a candidate (candidates.ORIGINS).
    """

    firm_id: str
    name: str
    place: str
    prefecture: str | None
    industry: str | None
    uscc: str | None
    stock_code: str | None
    founded: str | None
    source: str
    row: int
    origins: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """All fields under their names."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return fields | {"origins": list(self.origins)}


@dataclass(frozen=True, slots=True)
class Contribution:
    """One term of the score: its name, the points it adds and the figure that they follow from.

    An unknown figure adds 0 points and is kept, so that the reader sees what is not known.
    """

    name: str
    points: Decimal
    most: Decimal
    figure: Figure

    def to_dict(self) -> dict[str, Any]:
        """`name, points, most, figure`."""
        return {
            "name": self.name,
            "points": str(self.points),
            "most": str(self.most),
            "figure": self.figure.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Target:
    """A firm worth courting for a node of a chain. score is the exact sum of the contributions' points.

    stability: how firmly it stands on its list when the weights are shaken; None where that was not asked.
    """

    firm: TargetFirm
    chain: str
    node: str
    contributions: tuple[Contribution, ...]
    stability: Stability | None = None

    @property
    def score(self) -> Decimal:
        """Sum of the points, 0 to 100 with the shipped weights."""
        return sum((item.points for item in self.contributions), Decimal(0))

    def reasons(self, most: int = 2) -> list[Callable[[Language], str]]:
        """The strongest contributions in words, best first: call each with a language."""
        ranked = sorted(self.contributions, key=lambda item: -item.points)
        return [_in_words(item) for item in ranked[:most] if item.points > 0]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong targets`."""
        return {
            "firm": self.firm.to_dict(),
            "chain": self.chain,
            "node": self.node,
            "score": str(self.score),
            "contributions": [item.to_dict() for item in self.contributions],
            "stability": self.stability.to_dict() if self.stability else None,
        }


LABELS = {
    "fit": Text("主业吻合", "trade fits"),
    "products": Text("产品词", "product words"),
    "need": Text("本地稀缺", "scarce here"),
    "capability": Text("本地能力", "local capability"),
    "supplier": Text("可为链主配套", "could supply lead firms"),
    "programmes": Text("符合政策条件", "qualifies for programmes"),
    "expansion": Text("同字号企业所在城市", "cities with its brand"),
    "growth": Text("同字号近五年新设企业", "young firms of its brand"),
    "presence": Text("同字号企业已在本省", "same brand already in the province"),
    "partners": Text("已有合作", "existing tie"),
    "region_firms": Text("来源地已投资企业", "firms of its region already here"),
    "listed": Text("上市公司", "listed"),
    "honours": Text("荣誉", "honours"),
    "capital": Text("注册资本", "registered capital"),
    "experience": Text("成立年限", "years since founding"),
    "distance": Text("距离", "distance"),
}


def _in_words(item: Contribution) -> Callable[[Language], str]:
    return lambda language: f"{LABELS[item.name](language)} +{item.points}"
