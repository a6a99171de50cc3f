"""The store's models by subject: accounts, audit, jobs, library, plan, firms, targets, projects and so on."""

from liandong.workspace.models.accounts import Account, SavedView, Token
from liandong.workspace.models.activities import Activity, Notice, ProjectDocument, Task
from liandong.workspace.models.agreements import (
    ConditionRecord,
    DiligenceItem,
    OpinionRecord,
    PromiseRecord,
    ReviewMeeting,
)
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
from liandong.workspace.models.leads import (
    DisputeRecord,
    FilingContact,
    FilingRecord,
    LeadClock,
    LeadRecord,
    TripRecord,
)
from liandong.workspace.models.library import FactRecord, PageRecord, Review
from liandong.workspace.models.parks import (
    AdmissionRule,
    ControlCheck,
    ParcelRecord,
    ParkImport,
    ParkRecord,
    PriceRecord,
    RoomRecord,
    SitingCondition,
    SitingNeeds,
    SitingRecord,
    SitingRun,
)
from liandong.workspace.models.programmes import ProgrammesRecord
from liandong.workspace.models.projects import (
    AmountRecord,
    MilestoneRecord,
    NotSameProject,
    ProjectImport,
    ProjectRecord,
    StagePassage,
)
from liandong.workspace.models.targets import TargetDecision

__all__ = [
    "Account",
    "Activity",
    "AdmissionRule",
    "AmountRecord",
    "AuditEntry",
    "AuditHead",
    "CarrierRecord",
    "ChainRecord",
    "ConditionRecord",
    "ControlCheck",
    "DiligenceItem",
    "DisputeRecord",
    "EdgeRecord",
    "FactRecord",
    "FilingContact",
    "FilingRecord",
    "FirmNote",
    "FirmTag",
    "FollowedFirm",
    "Job",
    "Judgement",
    "LeadClock",
    "LeadRecord",
    "MilestoneRecord",
    "NodeRecord",
    "NotSameProject",
    "Notice",
    "OpinionRecord",
    "PageRecord",
    "ParcelRecord",
    "ParkImport",
    "ParkRecord",
    "PlanRecord",
    "PriceRecord",
    "ProgrammesRecord",
    "ProjectDocument",
    "ProjectImport",
    "ProjectRecord",
    "PromiseRecord",
    "RegionRecord",
    "Review",
    "ReviewMeeting",
    "RoomRecord",
    "SavedView",
    "SitingCondition",
    "SitingNeeds",
    "SitingRecord",
    "SitingRun",
    "SourceRecord",
    "StagePassage",
    "TargetDecision",
    "Task",
    "TieRecord",
    "TierRecord",
    "Token",
    "TripRecord",
]
