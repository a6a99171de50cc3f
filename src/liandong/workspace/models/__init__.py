"""The store's models, by subject: accounts, audit, jobs, library, plan, firms, programmes, targets."""

from liandong.workspace.models.accounts import Account, SavedView, Token
from liandong.workspace.models.audit import AuditEntry, AuditHead
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
from liandong.workspace.models.firms import FirmNote, FirmTag, FollowedFirm, Judgement
from liandong.workspace.models.jobs import Job
from liandong.workspace.models.library import FactRecord, PageRecord, Review
from liandong.workspace.models.programmes import ProgrammesRecord
from liandong.workspace.models.targets import TargetDecision

__all__ = [
    "Account",
    "AuditEntry",
    "AuditHead",
    "CarrierRecord",
    "ChainRecord",
    "EdgeRecord",
    "FactRecord",
    "FirmNote",
    "FirmTag",
    "FollowedFirm",
    "Job",
    "Judgement",
    "NodeRecord",
    "PageRecord",
    "PlanRecord",
    "ProgrammesRecord",
    "RegionRecord",
    "Review",
    "SavedView",
    "SourceRecord",
    "TargetDecision",
    "TieRecord",
    "TierRecord",
    "Token",
]
