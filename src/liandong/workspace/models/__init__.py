"""The store's models, by subject: the library of pages and facts, the city's plan, judgements on firms."""

from liandong.workspace.models.city import (
    CarrierRecord,
    ChainRecord,
    EdgeRecord,
    NodeRecord,
    PlanRecord,
    RegionRecord,
    SourceRecord,
    TieRecord,
    TierRecord,
)
from liandong.workspace.models.firms import Judgement
from liandong.workspace.models.library import FactRecord, PageRecord, Review

__all__ = [
    "CarrierRecord",
    "ChainRecord",
    "EdgeRecord",
    "FactRecord",
    "Judgement",
    "NodeRecord",
    "PageRecord",
    "PlanRecord",
    "RegionRecord",
    "Review",
    "SourceRecord",
    "TieRecord",
    "TierRecord",
]
