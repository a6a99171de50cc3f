"""The clocks of a lead as data: what must be done with it within how many hours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from liandong.errors import Text


@dataclass(frozen=True, slots=True)
class Clock:
    """A thing to do with a lead. hours: from when it came in. referred: only where somebody referred it."""

    name: str
    hours: int
    text: Text
    referred: bool = False

    def due(self, received: datetime) -> datetime:
        """When it runs out."""
        return received + timedelta(hours=self.hours)


@lru_cache(maxsize=1)
def shipped_clocks() -> tuple[Clock, ...]:
    """The clocks of `data/clocks.toml`."""
    text = files("liandong.projects").joinpath("data", "clocks.toml").read_text("utf-8")
    return read_clocks(tomllib.loads(text))


def read_clocks(table: dict[str, Any]) -> tuple[Clock, ...]:
    """Clocks from TOML, the shortest first. Raises ValueError for hours that are none, KeyError for a gap."""
    clocks = []
    for name, row in table.items():
        if not isinstance(row["hours"], int) or row["hours"] <= 0:
            raise ValueError(f"clocks: {name} has no hours above 0")
        clocks.append(Clock(name, row["hours"], Text(row["zh"], row["en"]), bool(row.get("referred", False))))
    return tuple(sorted(clocks, key=lambda clock: (clock.hours, clock.name)))
