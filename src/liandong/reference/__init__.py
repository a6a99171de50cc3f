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
from liandong.reference.divisions import (
    Division,
    all_divisions,
    division,
    find_division,
    is_division,
    successor,
)
from liandong.reference.outlines import outline
from liandong.reference.regions import (
    Region,
    RegionGroup,
    region_group,
    region_groups,
    resolve_region,
)
from liandong.reference.tables import Source, sources

__all__ = [
    "MANUFACTURING",
    "Division",
    "Industry",
    "IndustryDisagreement",
    "Region",
    "RegionGroup",
    "Source",
    "all_divisions",
    "division",
    "find_division",
    "find_industry",
    "industries",
    "industry",
    "industry_disagreements",
    "is_division",
    "is_industry",
    "members",
    "outline",
    "region_group",
    "region_groups",
    "resolve_region",
    "sources",
    "successor",
]
