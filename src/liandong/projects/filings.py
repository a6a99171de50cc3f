"""First report, first talk (首报首谈): who may follow a firm, until when, and what others get to know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from liandong.projects.matching import Reference, same


@dataclass(frozen=True, slots=True)
class Terms:
    """A bureau's terms as data. first: days of protection; contact: days after which it lapses without."""

    first: int = 180
    contact: int = 60


@dataclass(frozen=True, slots=True)
class Filing:
    """A unit's claim to follow a firm, group or project. contacts: days on which they met or talked.

    It binds government units, never the firm.
    """

    id: str
    unit: str
    subject: Reference
    filed: date
    evidence: str
    contacts: tuple[date, ...] = ()
    released: date | None = None

    def expiry(self, terms: Terms) -> date:
        """The last day of protection: it ends with its term, or earlier without contact."""
        last = self.filed
        for contact in sorted(self.contacts):
            if contact > last + timedelta(days=terms.contact):
                break
            last = max(last, contact)
        lapse = min(self.filed + timedelta(days=terms.first), last + timedelta(days=terms.contact))
        return lapse if self.released is None else min(lapse, self.released)

    def protects(self, on: date, terms: Terms) -> bool:
        """Whether it holds on that day."""
        return self.filed <= on <= self.expiry(terms)


@dataclass(frozen=True, slots=True)
class Followed:
    """All that another unit learns: who follows, since when. Nothing of what was said or planned."""

    unit: str
    since: date


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two claims to one subject, waiting for a ruling."""

    earlier: str
    later: str


def followed(
    subject: Reference, unit: str, filings: Iterable[Filing], on: date, terms: Terms
) -> Followed | None:
    """What a unit that wants to file is told: None if nobody else follows."""
    held = [
        filing
        for filing in filings
        if filing.unit != unit and filing.protects(on, terms) and same(filing.subject, subject)
    ]
    first = min(held, key=lambda filing: (filing.filed, filing.id), default=None)
    return None if first is None else Followed(first.unit, first.filed)


def disputes(filings: Sequence[Filing], on: date, terms: Terms) -> tuple[Dispute, ...]:
    """Each pair of units whose filings for one subject both hold on that day, the earlier first."""
    held = sorted((f for f in filings if f.protects(on, terms)), key=lambda f: (f.filed, f.id))
    return tuple(
        Dispute(one.id, other.id)
        for at, one in enumerate(held)
        for other in held[at + 1 :]
        if one.unit != other.unit and same(one.subject, other.subject)
    )
