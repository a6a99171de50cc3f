"""The store's models, by subject: the library of pages and facts, the city's plan, judgements on firms."""

from liandong.workspace.models.city import PlanRecord
from liandong.workspace.models.firms import Judgement
from liandong.workspace.models.library import FactRecord, PageRecord, Review

__all__ = ["FactRecord", "Judgement", "PageRecord", "PlanRecord", "Review"]
