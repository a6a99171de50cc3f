"""Reference: what the nation fixes and every room looks up.

    classification   industries of GB/T 4754-2017: 20 sections … 1,381 classes
    divisions        places by code and name, today and in any year since 1980; points, successors, distance
    regions          named groups: 长三角, 郑州都市圈, 沪苏浙皖
    mentions         places in running text; `location`: many register rows at once
    honours, units   titles and who gives them; what texts measure and count in
    linkages         the input–output table of 2020, 153 sectors

Tables are read when first asked for; importing this room reads nothing. `sources()` says where they are from.
"""

from liandong.reference.atlas import Division
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
    all_divisions,
    distance,
    division,
    find_division,
    is_division,
    successor,
)
from liandong.reference.honour_titles import Honour, find_honour, find_honours, honours
from liandong.reference.linkages import (
    Sector,
    SectorMember,
    flows,
    sector,
    sector_classes,
    sector_members,
    sector_of,
    sectors,
)
from liandong.reference.location import Location, Locations, locate, locate_many
from liandong.reference.measuring import Unit, convert, find_unit, unit, unit_words, units
from liandong.reference.mentions import find_divisions, find_regions
from liandong.reference.outlines import outline
from liandong.reference.regions import Region, RegionGroup, region_group, region_groups, resolve_region
from liandong.reference.tables import Source, sources

__all__ = [
    "MANUFACTURING",
    "Division",
    "Honour",
    "Industry",
    "IndustryDisagreement",
    "Location",
    "Locations",
    "Region",
    "RegionGroup",
    "Sector",
    "SectorMember",
    "Source",
    "Unit",
    "all_divisions",
    "convert",
    "distance",
    "division",
    "find_division",
    "find_divisions",
    "find_honour",
    "find_honours",
    "find_industry",
    "find_regions",
    "find_unit",
    "flows",
    "honours",
    "industries",
    "industry",
    "industry_disagreements",
    "is_division",
    "is_industry",
    "locate",
    "locate_many",
    "members",
    "outline",
    "region_group",
    "region_groups",
    "resolve_region",
    "sector",
    "sector_classes",
    "sector_members",
    "sector_of",
    "sectors",
    "sources",
    "successor",
    "unit",
    "unit_words",
    "units",
]
