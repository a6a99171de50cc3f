"""Reference: what the nation fixes and every room looks up.

    classification  industries of GB/T 4754-2017
    divisions       places with codes, coordinates, history; named groups (长三角)

Nothing is read before it is asked for.
"""

from liandong.reference.classification import (
    MANUFACTURING,
    Industry,
    IndustryDisagreement,
    find_industry,
    industries,
    industry,
    industry_disagreements,
    is_industry,
    members,
)
from liandong.reference.tables import Source, sources

__all__ = [
    "MANUFACTURING",
    "Industry",
    "IndustryDisagreement",
    "Source",
    "find_industry",
    "industries",
    "industry",
    "industry_disagreements",
    "is_industry",
    "members",
    "sources",
]
