"""Assessment: what counts, how far batches came, who is credited, and the points that follow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.assessment import (
    RATES,
    Entry,
    Ruling,
    Share,
    assess,
    batch,
    credits,
    entries_by,
    pace,
    parse_formula,
    rate,
    rates,
    read_scheme,
    recognise,
    shipped_scheme,
    whole,
)
from liandong.errors import InputError
from liandong.figures import Basis, DerivedRef, Figure, RecordRef, Standing
from liandong.projects import Milestone, Project, Stage, Status, Step, Type

SINCE, UNTIL, ON = date(2026, 1, 1), date(2026, 3, 31), date(2026, 6, 30)
SCHEME = """
name = "虚构办法"
source = "虚构"
[recognition]
excluded_kinds = ["acquisition"]
excluded_industries = ["70"]
later_phases = false
local_investors = false
[[recognition.threshold]]
measure = "总投资"
standing = "contracted"
at_least = 100000000
unit = "元"
[[indicator]]
name = "签约"
of = "signed"
weight = 10
target = 4
[[indicator]]
name = "开工率"
of = "signed"
reached = "started"
weight = 20
target = 50
points = "weight * min(1.2, value / target)"
[[penalty]]
name = "签约后终止"
counts = "withdrawn"
points = "2 * count"
most = 3
"""


def money(value: int | None, measure: str = "总投资", standing: Standing = Standing.CONTRACTED) -> Figure:
    number = None if value is None else Decimal(value)
    return Figure(number, "元", measure, standing=standing, basis=Basis(as_of="2026-03-01"), currency="CNY")


def entry(
    name: str,
    *,
    signed: date | None = None,
    reached: dict[Stage, date] | None = None,
    steps: tuple[Milestone, ...] = (),
    status: Status = Status.ACTIVE,
    kind: Type = Type.NEW_LAND,
    industries: tuple[str, ...] = ("3821",),
    amounts: tuple[Figure, ...] = (),
    unit: str = "一局",
    **more: object,
) -> Entry:
    contract = (Milestone(Step.CONTRACT, done=signed),) if signed else ()
    project = Project(
        name,
        name,
        kind,
        status=status,
        industries=industries,
        amounts=amounts,
        unit=unit,
        reached=reached or {Stage.LEAD: date(2026, 1, 5)},
        milestones=(*contract, *steps),
    )
    return Entry(project, **more)  # type: ignore[arg-type]


def outsider(name: str, **more: object) -> Entry:
    """A project that the invented scheme recognises."""
    given = {"origin": "310000", "home": "411000", "later_phase": False, "amounts": (money(200_000_000),)}
    return entry(name, signed=date(2026, 2, 1), **(given | more))  # type: ignore[arg-type]


def projects_of(figure: Figure) -> list[set[str]]:
    """The projects behind each input of a rate."""
    (made,) = figure.evidence
    assert isinstance(made, DerivedRef)
    return [
        {ref.source for ref in part.evidence if isinstance(ref, RecordRef)}
        for _, part in made.inputs
        if isinstance(part, Figure)
    ]


@pytest.mark.parametrize(
    ("change", "ruling", "words"),
    [
        ({}, Ruling.RECOGNISED, "达到"),
        ({"amounts": (money(90_000_000),)}, Ruling.REFUSED, "未达到"),
        ({"amounts": (money(None),)}, Ruling.OPEN, "未知"),
        ({"amounts": (money(200_000_000, standing=Standing.CLAIMED),)}, Ruling.OPEN, "未知"),
        ({"kind": Type.ACQUISITION}, Ruling.REFUSED, "类型"),
        ({"industries": ("7010",)}, Ruling.REFUSED, "行业"),
        ({"industries": ()}, Ruling.OPEN, "行业未知"),
        ({"later_phase": True}, Ruling.REFUSED, "期次"),
        ({"later_phase": None}, Ruling.OPEN, "期次"),
        ({"origin": "411000"}, Ruling.REFUSED, "本地"),
        ({"origin": None}, Ruling.OPEN, "来源地未知"),
    ],
)
def test_recognition_gives_its_reason(change: dict[str, object], ruling: Ruling, words: str):
    """Thresholds, excluded kinds, later phases, local investors; unknown is never recognised."""
    found = recognise(outsider("a", **change), read_scheme(SCHEME))
    assert (found.ruling, words in found.reasons[0].text.zh) == (ruling, True)


def test_a_framework_agreement_is_in_no_batch():
    """Only the formal contract signs."""
    framed = entry("a", steps=(Milestone(Step.FRAMEWORK, done=date(2026, 2, 1)),))
    assert batch([framed], "signed", SINCE, UNTIL).entries == ()


def test_withdrawn_stays_in_the_cohort():
    """A contract that came to nothing lowers the rate; it does not leave the denominator."""
    good = entry("a", signed=date(2026, 2, 1), reached={Stage.STARTED: date(2026, 5, 1)})
    gone = entry("b", signed=date(2026, 2, 1), status=Status.WITHDRAWN)
    found = rate(batch([good, gone], "signed", SINCE, UNTIL), "started", ON)
    assert (found.value, projects_of(found)) == (Decimal(50), [{"project:a"}, {"project:a", "project:b"}])


def test_a_project_signed_again_counts_by_its_first_contract():
    """Two contracts of one project: the cohort of the first, once."""
    again = entry("a", signed=date(2025, 6, 1), steps=(Milestone(Step.CONTRACT, done=date(2026, 2, 1)),))
    assert (
        batch([again], "signed", SINCE, UNTIL).entries,
        len(batch([again, again], "signed", date(2025, 1, 1), ON).entries),
    ) == ((), 1)


def test_a_project_that_moved_park_is_in_its_present_park_alone():
    """By park each project stands once, where it is now."""
    rows = [entry("a", park="甲园"), entry("b", park="乙园"), entry("c")]
    assert {key: [each.id for each in group] for key, group in entries_by(rows, "park").items()} == {
        "": ["c"],
        "乙园": ["b"],
        "甲园": ["a"],
    }


def test_two_places_are_credited_and_the_level_above_counts_once():
    """Two districts each credited in full: three credits below, two projects above."""
    both = (Share("甲县", Decimal(100), "协议1"), Share("乙县", Decimal(100), "协议1"))
    rows = [
        entry("a", unit="甲县", shares=both),
        entry("b", unit="乙县"),
        entry("a", unit="甲县", shares=both),
    ]
    below = {party: figure.value for party, figure in credits(rows, ON).items()}
    assert (below, whole(rows, ON).value) == ({"甲县": Decimal(1), "乙县": Decimal(2)}, Decimal(2))


def test_a_share_ends_with_its_term():
    """Sixty to forty while it holds; afterwards all is the unit's."""
    term = {"since": SINCE, "until": UNTIL}
    split = (Share("甲县", Decimal(60), "协议", **term), Share("乙县", Decimal(40), "协议", **term))  # type: ignore[arg-type]
    rows = [entry("a", unit="甲县", shares=split)]
    assert [{party: figure.value for party, figure in credits(rows, day).items()} for day in (UNTIL, ON)] == [
        {"乙县": Decimal("0.4"), "甲县": Decimal("0.6")},
        {"甲县": Decimal(1)},
    ]


def test_points_follow_the_formulas():
    """Signed 2 of 4, half of them started against 50 %, one withdrawn: 5 + 20 − 2."""
    started = outsider("a", reached={Stage.STARTED: date(2026, 5, 1)})
    rows = [started, outsider("b", status=Status.WITHDRAWN), outsider("c", kind=Type.ACQUISITION)]
    found = assess(rows, read_scheme(SCHEME), SINCE, UNTIL, ON)
    assert ([line.points.value for line in found.lines], found.points.value) == (
        [Decimal("5.00"), Decimal("20.00"), Decimal("-2.00")],
        Decimal("23.00"),
    )


def test_an_empty_batch_has_no_rate():
    """Nothing signed: every rate is unknown, not 0."""
    assert [each.value for each in rates([], SINCE, UNTIL, ON).values()] == [None] * len(RATES)


def test_the_shipped_scheme_is_read():
    """签约一批、开工一批、投产一批; without targets its counts are not scored."""
    scheme = shipped_scheme()
    found = assess([entry("a", signed=date(2026, 2, 1))], scheme, SINCE, UNTIL, ON)
    assert ([line.name for line in found.lines[:3]], [line.points.value for line in found.lines[:3]]) == (
        ["签约一批", "开工一批", "投产一批"],
        [None, None, None],
    )


@pytest.mark.parametrize(
    "text",
    ["value ** 2", "__import__('os')", "value if 1 else 2", "abs(value)", "value.real", "x", "1 +", "[1]"],
)
def test_a_formula_is_arithmetic_and_nothing_else(text: str):
    """Anything beyond four operations, min, max and the names is refused."""
    with pytest.raises(InputError):
        parse_formula(text)


def test_division_by_nothing_is_unknown():
    """A target of 0 gives no points, and no error."""
    assert parse_formula("value / target").of({"value": Decimal(1), "target": Decimal(0)}) is None


@pytest.mark.parametrize(
    "line", ['of = "nothing"', 'of = "signed"\nreached = "x"', 'of = "signed"\npoints = "a"']
)
def test_a_scheme_with_a_mistake_is_refused(line: str):
    """The fault names what would be right."""
    with pytest.raises(InputError):
        read_scheme(f'name = "a"\nsource = "b"\n[[indicator]]\nname = "x"\n{line}\n')


def test_pace_is_the_share_of_the_year():
    """Half of the target by the end of March is ahead; nothing known is neither."""
    found = pace(Decimal(5), Decimal(10), 2026, UNTIL)
    assert (found.done, round(found.due, 2), found.behind, pace(None, Decimal(1), 2026, ON).behind) == (
        Decimal(50),
        Decimal("24.66"),
        False,
        None,
    )


DAYS = st.none() | st.dates(date(2025, 10, 1), date(2026, 9, 1))
ROWS = st.lists(
    st.tuples(st.sampled_from("abcdef"), DAYS, DAYS, DAYS, DAYS, st.sampled_from(["甲", "乙", ""])),
    max_size=12,
)


@given(ROWS)
def test_rates_equal_a_plain_recomputation(
    rows: list[tuple[str, date | None, date | None, date | None, date | None, str]],
):
    """Counted again from bare rows by other code: signing, start, production and statistics agree."""
    seen: dict[str, tuple[date | None, date | None, date | None, date | None]] = {}
    entries = []
    for name, signed, started, producing, listed, park in rows:
        if name in seen:
            continue
        seen[name] = (signed, started, producing, listed)
        reached = {Stage.LEAD: date(2026, 1, 5)}
        reached |= {Stage.STARTED: started} if started else {}
        reached |= {Stage.PRODUCING: producing} if producing else {}
        steps = (Milestone(Step.STATISTICS, done=listed),) if listed else ()
        entries.append(entry(name, signed=signed, reached=reached, steps=steps, park=park))
    found = rates(entries, SINCE, UNTIL, ON)
    signed_ = [dates for dates in seen.values() if dates[0] and SINCE <= dates[0] <= UNTIL]

    def share(number: int, among: int) -> Decimal | None:
        return Decimal(100 * number) / Decimal(among) if among else None

    expected = {
        "signed": share(sum(1 for d in seen.values() if d[0] and d[0] <= ON), len(seen)),
        "started": share(
            sum(1 for d in signed_ if (d[1] and d[1] <= ON) or (d[2] and d[2] <= ON)), len(signed_)
        ),
        "producing": share(sum(1 for d in signed_ if d[2] and d[2] <= ON), len(signed_)),
        "statistics": share(sum(1 for d in signed_ if d[3] and d[3] <= ON), len(signed_)),
    }
    assert {name: found[name].value for name in expected} == expected
