"""Registry: millions of firms, known by one name.

Any firm table goes in; what comes out is counted, looked up, and can be opened at its row.

    Parquet, CSV, Excel ── read ── clean ──┬─▶ snapshot ── classify ──▶ snapshot ──▶ panel, counts, firms
                                           └─▶ rejected.csv, remarks.csv

A snapshot is never changed; `current.json` names the live one; undo names its parent. A firm keeps its
`firm_id` through every re-import. What is not known is null, and the snapshot's coverage says how much of
what should be there is there.
"""

from liandong.registry.classify import Candidate, Explanation, classify, classify_table, explain
from liandong.registry.classifying import ClassificationReport
from liandong.registry.codes import CodeProblem, CreditCode, check_character, check_uscc, split_uscc
from liandong.registry.emerging import (
    EmergingIndustry,
    emerging_column,
    emerging_industries,
    emerging_industry,
)
from liandong.registry.groups import expansions
from liandong.registry.honour_lists import HonourReport
from liandong.registry.identifying import ResolutionReport
from liandong.registry.judgements import (
    Judgement,
    Verdict,
    read_judgements,
    standing,
    write_judgements,
)
from liandong.registry.linking import link
from liandong.registry.names import CompanyName, parse_name
from liandong.registry.normalising import normalise_name
from liandong.registry.registry import Registry
from liandong.registry.reports import ImportReport, Preview, Rejection, TableReport
from liandong.registry.resolving import Resolution, resolve
from liandong.registry.roles import Role, role
from liandong.registry.searching import Hit
from liandong.registry.selection import Selection
from liandong.registry.shortnames import Meant
from liandong.registry.statistics import Statistics
from liandong.registry.store import Snapshot, Source
from liandong.registry.values import parse_date, parse_money

__all__ = [
    "Candidate",
    "ClassificationReport",
    "CodeProblem",
    "CompanyName",
    "CreditCode",
    "EmergingIndustry",
    "Explanation",
    "Hit",
    "HonourReport",
    "ImportReport",
    "Judgement",
    "Meant",
    "Preview",
    "Registry",
    "Rejection",
    "Resolution",
    "ResolutionReport",
    "Role",
    "Selection",
    "Snapshot",
    "Source",
    "Statistics",
    "TableReport",
    "Verdict",
    "check_character",
    "check_uscc",
    "classify",
    "classify_table",
    "emerging_column",
    "emerging_industries",
    "emerging_industry",
    "expansions",
    "explain",
    "link",
    "normalise_name",
    "parse_date",
    "parse_money",
    "parse_name",
    "read_judgements",
    "resolve",
    "role",
    "split_uscc",
    "standing",
    "write_judgements",
]
