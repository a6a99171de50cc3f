"""Plan: what the city sets out to do, and what its chains lack.

    plan.toml ── load ──▶ Plan: tiers, chains (nodes, supplies), carriers, regions, ties
                           │ check: faults stop it, remarks go to people
    registry ── counts ────┴── diagnose ──▶ Diagnosis: a status, an advice and figures for every node

Each item says what a source states (quote, fact) and what the planner assigned (file and line). Nothing is
invented: a slogan that promises more than its page lists is reported, and a node that the registry cannot
show to be missing is unsure.
"""

from liandong.plan.assigning import ASSIGNMENTS, assign
from liandong.plan.binding import bind, bind_origin
from liandong.plan.checking import Remark, Weight, check, load, require
from liandong.plan.comparing import RivalNode, Rivalry, compare
from liandong.plan.counting import LIVING, Counted, FirmCounts
from liandong.plan.diagnosis import Comparison, Diagnosis, NodeDiagnosis, diagnose
from liandong.plan.history import Year, history
from liandong.plan.model import (
    Assigned,
    Carrier,
    Chain,
    Edge,
    Node,
    Origin,
    PartnerKind,
    Place,
    Plan,
    Source,
    SourceRegion,
    Stage,
    Stated,
    Tie,
    Tier,
    TierKey,
)
from liandong.plan.parks import Park, load_parks
from liandong.plan.reading import parse, read
from liandong.plan.rule import Advice, Status
from liandong.plan.suggesting import suggest
from liandong.plan.supply import LeadFirm, Risk, SupplyRisk
from liandong.plan.writing import dump, dump_chain

__all__ = [
    "ASSIGNMENTS",
    "LIVING",
    "Advice",
    "Assigned",
    "Carrier",
    "Chain",
    "Comparison",
    "Counted",
    "Diagnosis",
    "Edge",
    "FirmCounts",
    "LeadFirm",
    "Node",
    "NodeDiagnosis",
    "Origin",
    "Park",
    "PartnerKind",
    "Place",
    "Plan",
    "Remark",
    "Risk",
    "RivalNode",
    "Rivalry",
    "Source",
    "SourceRegion",
    "Stage",
    "Stated",
    "Status",
    "SupplyRisk",
    "Tie",
    "Tier",
    "TierKey",
    "Weight",
    "Year",
    "assign",
    "bind",
    "bind_origin",
    "check",
    "compare",
    "diagnose",
    "dump",
    "dump_chain",
    "history",
    "load",
    "load_parks",
    "parse",
    "read",
    "require",
    "suggest",
]
