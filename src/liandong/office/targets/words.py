"""Words of target lists: statuses, contributions, reasons."""

from __future__ import annotations

from liandong.errors import Text
from liandong.office.shell.language import language, pick, say
from liandong.targets import Target
from liandong.targets.target import LABELS

STATUSES = {
    "open": Text("未决定", "undecided"),
    "assigned": Text("已指派", "assigned"),
    "not_now": Text("暂缓", "not now"),
    "excluded": Text("排除", "excluded"),
}


def contribution(name: str) -> str:
    """A contribution to the score, by its name for people."""
    return say(LABELS[name]) if name in LABELS else name


def reasons(target: Target, most: int = 2) -> str:
    """The strongest reasons in words."""
    return pick(";", "; ").join(each(language()) for each in target.reasons(most))
