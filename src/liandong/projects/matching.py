"""Whether two references mean the same firm, group or project."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A firm, group or project as a unit names it; what is not known is None."""

    name: str
    firm_id: str | None = None
    uscc: str | None = None
    group: str | None = None


def folded(name: str) -> str:
    """The name for comparison: widths and case folded, brackets and spaces gone."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in wide if not (c.isspace() or c in "()[]【】·.-"))


def same(one: Reference, other: Reference) -> bool:
    """The same firm by id, code or name, or the same group. Two codes that differ are two firms."""
    if one.group and one.group == other.group:
        return True
    if one.firm_id and other.firm_id:
        return one.firm_id == other.firm_id
    if one.uscc and other.uscc:
        return one.uscc == other.uscc
    return folded(one.name) == folded(other.name)
