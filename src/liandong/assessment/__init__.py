"""Assessment: which projects count, for whom, how far they came, and what a unit is given for them.

    scheme.toml ──▶ Scheme: recognition, indicators, penalties (formulas are data)
    Entry (a project, where it comes from, who shares it) ──┬── recognise ─▶ counts / not / open, and why
                                                            ├── rate ──────▶ share of a batch that came so far
                                                            ├── credits ───▶ each party's; once above
                                                            └── assess ────▶ points, line by line

Every count opens at the projects counted. Unknown is neither recognised nor refused. A project that two units
share is credited to both as they agreed, and counted once by the level above them.
"""

from liandong.assessment.entry import Entry, Share, entries_by
from liandong.assessment.formula import Formula, parse_formula
from liandong.assessment.rating import RATES, Batch, batch, rate, rates
from liandong.assessment.recognising import Recognition, Ruling, recognise, recognised
from liandong.assessment.scheme import Indicator, Penalty, Scheme, Threshold, read_scheme, shipped_scheme
from liandong.assessment.scoring import Assessment, Line, Pace, assess, pace
from liandong.assessment.sharing import credits, whole

__all__ = [
    "RATES",
    "Assessment",
    "Batch",
    "Entry",
    "Formula",
    "Indicator",
    "Line",
    "Pace",
    "Penalty",
    "Recognition",
    "Ruling",
    "Scheme",
    "Share",
    "Threshold",
    "assess",
    "batch",
    "credits",
    "entries_by",
    "pace",
    "parse_formula",
    "rate",
    "rates",
    "read_scheme",
    "recognise",
    "recognised",
    "shipped_scheme",
    "whole",
]
