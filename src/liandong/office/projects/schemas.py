"""What programs may send of projects."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from liandong.workspace import agreements

SHORT, LONG = 200, 5000
MOST = 2_147_483_647
"""The longest texts, and the greatest number that every store holds."""


class ProjectIn(Schema):
    """A new project. kind: new_land, rented_plant, expansion, acquisition."""

    name: str = Field(max_length=SHORT)
    kind: str
    party: str = Field("", max_length=SHORT)
    chain: str = Field("", max_length=80)
    node: str = Field("", max_length=80)
    industries: list[str] = Field(default_factory=list)
    products: list[str] = Field(default_factory=list)


class ChangeIn(Schema):
    """What is known of a project; what is left out stays. version: as read."""

    version: int = Field(ge=0, le=MOST)
    name: str | None = Field(None, max_length=SHORT)
    chain: str | None = Field(None, max_length=80)
    node: str | None = Field(None, max_length=80)
    industries: list[str] | None = None
    products: list[str] | None = None
    origin: str | None = Field(None, max_length=6)
    region: str | None = Field(None, max_length=6)
    park: str | None = Field(None, max_length=SHORT)
    event: str | None = Field(None, max_length=SHORT)
    group: str | None = Field(None, max_length=120)


class StageIn(Schema):
    """A move. waive: pass without what lacks, which needs a permission and a reason."""

    stage: str
    version: int = Field(ge=0, le=MOST)
    waive: bool = False
    reason: str = Field("", max_length=LONG)


class StatusIn(Schema):
    """active, stalled, withdrawn, with a reason."""

    status: str
    version: int = Field(ge=0, le=MOST)
    reason: str = Field(max_length=LONG)


class MilestoneIn(Schema):
    """When a step is due and was done, and what shows it."""

    version: int = Field(ge=0, le=MOST)
    due: date | None = None
    done: date | None = None
    voucher: str = Field("", max_length=SHORT)


class AmountIn(Schema):
    """An amount. value: "" for unknown; unit: as written (亿元); period: as_of, in_year, cumulative."""

    measure: str
    standing: str
    value: str = Field(max_length=40)
    unit: str
    period: str = ""
    when: str = Field("", max_length=21)
    source: str = Field("", max_length=LONG)
    voucher: str = Field("", max_length=LONG)


class CheckIn(Schema):
    """What was found of an item of due diligence. version: as read, 0 where nothing was."""

    result: str
    evidence: str = Field(max_length=LONG)
    checked: date | None = None
    version: int = Field(0, ge=0, le=MOST)


class MeetingIn(Schema):
    """A review: who is asked by when."""

    departments: list[str]
    held: date
    deadline: date | None = None
    materials: str = Field("", max_length=LONG)


class VoteIn(Schema):
    """A department's opinion."""

    department: str = Field(max_length=80)
    score: str = Field("", max_length=8)
    veto: str = ""
    condition: str = Field("", max_length=LONG)
    text: str = Field("", max_length=LONG)


class PromiseIn(Schema):
    """A clause. side: government or firm."""

    side: str
    kind: str
    what: str = Field(max_length=LONG)
    document: str = Field("", max_length=LONG)
    office: str = Field("", max_length=80)
    condition: str = Field("", max_length=LONG)
    due: date | None = None
    legal_basis: str = Field("", max_length=LONG)
    measure: str = ""
    value: str = Field("", max_length=40)
    unit: str = ""
    in_year: str = Field("", max_length=21)

    def draft(self) -> agreements.Draft:
        """As the rules read it."""
        return agreements.Draft(**self.dict(exclude={"version"}))


class MendIn(PromiseIn):
    """Other words. version: as read."""

    version: int = Field(ge=0, le=MOST)


class ReviewIn(Schema):
    """passed or refused."""

    verdict: str
    version: int = Field(ge=0, le=MOST)
    note: str = Field("", max_length=LONG)
    legal_basis: str = Field("", max_length=LONG)


class KeptIn(Schema):
    """What came of a promise. outcome: in 万元 for money."""

    version: int = Field(ge=0, le=MOST)
    done: date | None = None
    evidence: str = Field("", max_length=LONG)
    condition_met: date | None = None
    outcome: str = Field("", max_length=40)
    standing: str = ""
    source: str = Field("", max_length=LONG)


class NoteIn(Schema):
    """What happened. kind: note, visit, call, meeting, reception."""

    text: str = Field(max_length=LONG)
    kind: str = "note"
    on: date | None = None


class TaskIn(Schema):
    """task, problem or instruction; owner: a user name, or an office."""

    kind: str
    text: str = Field(max_length=LONG)
    due: date
    owner: str = ""
    office: str = Field("", max_length=80)


class WordsIn(Schema):
    """Words that close something: an answer, evidence, a decision."""

    text: str = Field(max_length=LONG)
    version: int = Field(0, ge=0, le=MOST)
