"""The weights of the score: data that a bureau can read, change and defend."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liandong.errors import InputError, Text

NAMES = (
    "fit",
    "products",
    "need",
    "capability",
    "presence",
    "partners",
    "region_firms",
    "listed",
    "honours",
    "capital",
    "experience",
    "distance",
)


@dataclass(frozen=True, slots=True)
class Weight:
    """How a feature becomes points: 0 at `zero`, `points` at `full`, monotone between, clipped outside."""

    points: float
    zero: float
    full: float
    scale: str = "linear"

    def apply(self, feature: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of each feature value, same shape; unknown (NaN) adds nothing."""
        value, zero, full = feature, self.zero, self.full
        if self.scale == "log":
            with np.errstate(divide="ignore", invalid="ignore"):
                value, zero, full = np.log10(feature), float(np.log10(zero)), float(np.log10(full))
        share = np.clip((value - zero) / (full - zero), 0.0, 1.0)
        return np.nan_to_num(self.points * share, nan=0.0)


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
    return {**shipped, **_parse(text, str(path))}


def _parse(text: str, file: str) -> Weights:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Text(f"不是 TOML:{error}", f"Not TOML: {error}"), file=file) from error
    return {name: _weight(name, settings, file) for name, settings in data.items()}


def _weight(name: str, settings: Any, file: str) -> Weight:
    if name not in NAMES:
        known = ", ".join(NAMES)
        raise InputError(
            Text(f"没有这个得分项。可用:{known}。", f"There is no such contribution. Known: {known}."),
            file=file,
            field=name,
        )
    if not isinstance(settings, dict) or not {"points", "zero", "full"} <= set(settings):
        raise InputError(
            Text("需要 points、zero、full 三项。", "Needs points, zero and full."), file=file, field=name
        )
    scale = settings.get("scale", "linear")
    numbers = [settings[key] for key in ("points", "zero", "full")]
    if scale not in ("linear", "log") or not all(_is_number(value) for value in numbers):
        raise InputError(
            Text(
                "points、zero、full 应为数字,scale 应为 linear 或 log。",
                "points, zero and full are numbers, scale is linear or log.",
            ),
            file=file,
            field=name,
        )
    points, zero, full = map(float, numbers)
    if points < 0 or zero == full or (scale == "log" and min(zero, full) <= 0):
        raise InputError(
            Text(
                "points 不能为负,zero 与 full 不能相等,log 只用于正数。",
                "points is not negative, zero differs from full, log needs positive numbers.",
            ),
            file=file,
            field=name,
        )
    return Weight(points, zero, full, scale)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))
