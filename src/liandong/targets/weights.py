"""The weights of the score: data that a bureau can read, change and defend."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w
from numpy.typing import NDArray

from liandong.errors import InputError, Text

NAMES = (
    "fit",
    "products",
    "need",
    "capability",
    "supplier",
    "presence",
    "expansion",
    "growth",
    "partners",
    "region_firms",
    "programmes",
    "listed",
    "honours",
    "capital",
    "experience",
    "distance",
)
BRANDED = ("presence", "expansion", "growth")
"""Contributions that are read from all firms of a brand, and so are looked up for the best only."""
SIZE = ("listed", "capital")
MOST_SIZE = 0.15
"""Share of all points that size may have: it alone never dominates."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How a feature becomes points: 0 at `zero`, `points` at `full`, monotone between, clipped outside.

    uncertainty: standard deviation of the logarithm of `points`, where it was estimated; 0 where it was not.
    """

    points: float
    zero: float
    full: float
    scale: str = "linear"
    uncertainty: float = 0.0

    def apply(self, feature: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of each feature value, same shape; unknown (NaN) adds nothing."""
        value, zero, full = feature, self.zero, self.full
        if self.scale == "log":
            with np.errstate(divide="ignore", invalid="ignore"):
                value, zero, full = np.log10(feature), float(np.log10(zero)), float(np.log10(full))
        share = np.clip((value - zero) / (full - zero), 0.0, 1.0)
        return np.nan_to_num(self.points * share, nan=0.0)

    def share(self, feature: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much of the points each feature value earns, 0 to 1; unknown earns nothing."""
        return replace(self, points=1.0).apply(feature)


Weights = dict[str, Weight]


def load_weights(path: Path | None = None) -> Weights:
    """The weights of a file, or the shipped ones. A file may give only those that it changes.

    Raises InputError naming the file and the contribution or setting that is wrong.
    """
    shipped = _parse(
        resources.files("liandong.targets").joinpath("data/weights.toml").read_text("utf-8"), "weights.toml"
    )
    if path is None:
        return shipped
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Text(f"读不了:{error}", f"Cannot be read: {error}"), file=str(path)) from error
    return _fair({**shipped, **_parse(text, str(path))}, str(path))


def adjust(
    weights: Weights, points: Mapping[str, float] | None = None, without: Collection[str] = ()
) -> Weights:
    """The weights with other points for some contributions, and none for those that are left out.

    For questions of the kind “what if”. Raises InputError for a contribution that there is not, for negative
    points, and where size would have more than MOST_SIZE of all points.
    """
    changed = {**dict(points or {}), **dict.fromkeys(without, 0.0)}
    for name, value in changed.items():
        if name not in NAMES:
            raise _unknown(name, None)
        if not _is_number(value) or value < 0:
            raise InputError(Text("分值应为不小于 0 的数字。", "points are a number from 0."), field=name)
    return _fair(
        {
            name: replace(weight, points=float(changed[name])) if name in changed else weight
            for name, weight in weights.items()
        },
        None,
    )


def dump_weights(weights: Weights) -> str:
    """The weights as a file that `load_weights` reads."""
    return tomli_w.dumps(
        {
            name: {
                "points": weight.points,
                "zero": weight.zero,
                "full": weight.full,
                **({"scale": weight.scale} if weight.scale != "linear" else {}),
                **({"uncertainty": weight.uncertainty} if weight.uncertainty else {}),
            }
            for name, weight in weights.items()
        }
    )


def _fair(weights: Weights, file: str | None) -> Weights:
    """The weights themselves, unless size would dominate."""
    everything = sum(weight.points for weight in weights.values())
    size = sum(weights[name].points for name in SIZE)
    if size > MOST_SIZE * everything:
        raise InputError(
            Text(
                f"规模(上市、注册资本)合计 {size:g} 分,超过总分 {everything:g} 的 {MOST_SIZE:.0%}。请调低。",
                f"size (listed, capital) has {size:g} of {everything:g} points, more than {MOST_SIZE:.0%}; "
                "lower it.",
            ),
            file=file,
            field=", ".join(SIZE),
        )
    return weights


def _unknown(name: str, file: str | None) -> InputError:
    known = ", ".join(NAMES)
    return InputError(
        Text(f"没有这个得分项。可用:{known}。", f"There is no such contribution. Known: {known}."),
        file=file,
        field=name,
    )


def _parse(text: str, file: str) -> Weights:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Text(f"不是 TOML:{error}", f"Not TOML: {error}"), file=file) from error
    return {name: _weight(name, settings, file) for name, settings in data.items()}


def _weight(name: str, settings: Any, file: str) -> Weight:
    if name not in NAMES:
        raise _unknown(name, file)
    if not isinstance(settings, dict) or not {"points", "zero", "full"} <= set(settings):
        raise InputError(
            Text("需要 points、zero、full 三项。", "Needs points, zero and full."), file=file, field=name
        )
    scale = settings.get("scale", "linear")
    numbers = [settings[key] for key in ("points", "zero", "full")] + [settings.get("uncertainty", 0)]
    if scale not in ("linear", "log") or not all(_is_number(value) for value in numbers):
        raise InputError(
            Text(
                "points、zero、full 应为数字,scale 应为 linear 或 log。",
                "points, zero and full are numbers, scale is linear or log.",
            ),
            file=file,
            field=name,
        )
    points, zero, full, uncertainty = map(float, numbers)
    if min(points, uncertainty) < 0 or zero == full or (scale == "log" and min(zero, full) <= 0):
        raise InputError(
            Text(
                "points 不能为负,zero 与 full 不能相等,log 只用于正数。",
                "points is not negative, zero differs from full, log needs positive numbers.",
            ),
            file=file,
            field=name,
        )
    return Weight(points, zero, full, scale, uncertainty)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))
