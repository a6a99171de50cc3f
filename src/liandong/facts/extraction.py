"""Extraction: what the grammar proposes and the gate admits."""

from __future__ import annotations

from liandong.documents import Page
from liandong.facts.fact import Fact
from liandong.facts.gate import admit


def extract(page: Page) -> list[Fact]:
    """The facts of a page in the order of its text, each admitted by the gate (`verify`).

    Linear in the length of the page. A page that speaks of nothing the grammar knows gives its particulars
    (title, time, source, credits) or nothing; it never raises for what a page says.
    """
    return admit(page)
