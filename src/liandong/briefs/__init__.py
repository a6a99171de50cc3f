"""Briefs: documents that can defend themselves.

    CityBrief (facts, diagnoses, targets) ──compose──▶ Document (headings, tables, pictures, runs)
                                                          │ every figure has evidence, or: BriefError
                                              number ─────┤ one number a source
                                                          ▼
                                        Word with embedded font · slides · one-file HTML · Excel annex

Text is composed from facts by rule; a figure enters only as a Figure with evidence, and leaves with a
reference to the sentence, record, query or formula it came from.
"""

from liandong.briefs.case_file import read_papers
from liandong.briefs.cases import Case, Check, Hearing, Papers, Problem, Stop, Trip
from liandong.briefs.check import BriefError
from liandong.briefs.content import ChainSection, CityBrief, FirmRecord
from liandong.briefs.handbook import Handbook
from liandong.briefs.kinds import CITY_KINDS, WORK_KINDS, city_brief, event_handbook, work_paper
from liandong.briefs.letterhead import Letterhead, read_letterhead
from liandong.briefs.product_space import ProductSpace, product_space
from liandong.briefs.writing import FORMATS, write_document

__all__ = [
    "CITY_KINDS",
    "FORMATS",
    "WORK_KINDS",
    "BriefError",
    "Case",
    "ChainSection",
    "Check",
    "CityBrief",
    "FirmRecord",
    "Handbook",
    "Hearing",
    "Letterhead",
    "Papers",
    "Problem",
    "ProductSpace",
    "Stop",
    "Trip",
    "city_brief",
    "event_handbook",
    "product_space",
    "read_letterhead",
    "read_papers",
    "work_paper",
    "write_document",
]
