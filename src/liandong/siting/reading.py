"""Files → Case: names that must exist, units that must agree, rules that must be readable; all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from liandong.errors import InputError, Text
from liandong.reference import find_industry
from liandong.siting import fields
from liandong.siting.case import Case, Need, Neighbours, Parcel, Park, Price, Project, Room, Step
from liandong.siting.problem import Relation
from liandong.siting.rows import File, Row, read_rows
from liandong.siting.rules import Aspect, Rule, Value, Verdict, parse_conditions, parse_value


def read_case(path: str | Path, *, rules: str | Path | None = None) -> Case:
    """A case from a workbook (.xlsx, see `write_template`) or TOML file.

    rules: a rule table of its own (.xlsx, .toml or .csv) in place of the case's.
    Raises InputError or InputErrors with file, sheet, row and column of every fault, and what would be right.
    """
    file = read_rows(path, fields.SHEETS)
    case = _case(file)
    if rules is None:
        made = _rules(file, case)
        file.finish()
    else:
        file.finish()
        made = read_rules(rules, case)
    return replace(case, rules=made)


def read_rules(path: str | Path, case: Case) -> tuple[Rule, ...]:
    """A rule table (.xlsx, .toml, .csv) for a case, whose places and facts its conditions may name."""
    file = read_rows(path, (fields.RULES,), one=fields.RULES)
    made = _rules(file, case)
    if not made and not file.faults:
        file.faults.append(InputError(Text("没有规则。", "there are no rules in it."), file=file.name))
    file.finish()
    return made


def read_parks(path: str | Path) -> Case:
    """What parks say of themselves (.xlsx, .toml): a case without projects, for `PARK_SHEETS`.

    A siting case is read, too: its projects are left out. Faults as in `read_case`.
    """
    file = read_rows(path, tuple(replace(each, required=each is fields.PARKS) for each in fields.SHEETS))
    case = _case(file)
    made = _rules(file, case)
    file.finish()
    return replace(case, rules=made, projects=(), neighbours=(), costs={})


def facts_of(cells: Mapping[str, Any], sheet: fields.Sheet) -> dict[str, Value]:
    """The facts that rules may ask of a park or parcel: its cells but its name and its park's."""
    left_out = {"name", "park"}
    found: dict[str, Value] = {}
    for column in sheet.columns:
        value = cells.get(column.name)
        if value is not None and column.name not in left_out:
            found[column.name] = value.isoformat() if isinstance(value, date) else value
    return found


def _case(file: File) -> Case:
    about = file.of(fields.CASE)
    parks = file.of(fields.PARKS)
    parcels = file.of(fields.PARCELS)
    projects = file.of(fields.PROJECTS)
    _unique(parks + parcels, "name")
    _unique(projects, "name")
    park_names, parcel_names = _names(parks, "name"), _names(parcels, "name")
    project_names = _names(projects, "name")
    _known(parcels, "park", park_names, Text("园区", "park"))
    for sheet in (fields.ROOMS, fields.PRICES):
        _known(file.of(sheet), "place", park_names | parcel_names, Text("地块或园区", "parcel or park"))
    for sheet, name in (
        (fields.NEEDS, "project"),
        (fields.NEIGHBOURS, "first"),
        (fields.NEIGHBOURS, "second"),
        (fields.COSTS, "project"),
    ):
        _known(file.of(sheet), name, project_names, Text("项目", "project"))
    _known(file.of(fields.COSTS), "parcel", parcel_names, Text("地块", "parcel"))
    _known(projects, "at", parcel_names, Text("地块", "parcel"))
    _known(
        file.of(fields.FACTS),
        "subject",
        park_names | parcel_names | project_names,
        Text("项目、地块或园区", "project, parcel or park"),
    )
    _same_units(file.of(fields.ROOMS) + file.of(fields.NEEDS))
    facts = _facts(file)
    return Case(
        name=str(about[0]["name"] or "") if about else "",
        parks=tuple(
            Park(row["name"], facts_of(row.cells, fields.PARKS) | facts.get(row["name"], {})) for row in parks
        ),
        parcels=tuple(
            Parcel(row["name"], row["park"], facts_of(row.cells, fields.PARCELS) | facts.get(row["name"], {}))
            for row in parcels
        ),
        projects=tuple(_project(row, file, facts.get(row["name"], {})) for row in projects),
        rooms=_rooms(file.of(fields.ROOMS)),
        prices=tuple(
            Price(
                r["place"], r["resource"], r["value"], r["per"] == "year", r["as_of"], r["source"], r.number
            )
            for r in file.of(fields.PRICES)
        ),
        neighbours=tuple(
            Neighbours(row["first"], row["second"], Relation(row["relation"]), row["penalty"])
            for row in file.of(fields.NEIGHBOURS)
            if row["relation"]
        ),
        costs={(row["project"], row["parcel"]): row["cost"] or Decimal(0) for row in file.of(fields.COSTS)},
        years=about[0]["years"] or 10 if about else 10,
        file=file.name,
    )


def _project(row: Row, file: File, facts: dict[str, Value]) -> Project:
    for code in row["industries"] or ():
        if find_industry(code) is None:
            row.fault(
                "industries",
                Text(f"“{code}”不是 GB/T 4754-2017 行业代码。", f'"{code}" is not a code of GB/T 4754-2017.'),
            )
    priority = row["priority"] if row["priority"] is not None else 3
    if not 1 <= priority <= 9:
        row.fault("priority", Text("优先级为 1 到 9。", "a priority is from 1 to 9."))
    if row["fixed"] and not row["at"]:
        row.fault("at", Text("不得移动的项目须填现有地块。", "a project that may not move needs its parcel."))
    needs: dict[str, list[Row]] = {}
    for need in file.of(fields.NEEDS):
        if need["project"] == row["name"] and need["resource"]:
            needs.setdefault(need["resource"], []).append(need)
    return Project(
        name=row["name"],
        industries=row["industries"] or (),
        needs=tuple(Need(resource, rows[0]["unit"], _steps(rows)) for resource, rows in needs.items()),
        facts=_some(row, ("chemical", "investment", "tax")) | facts,
        must=row["must"] is not False,
        priority=priority,
        at=row["at"],
        fixed=bool(row["fixed"]),
    )


def _rooms(rows: Sequence[Row]) -> tuple[Room, ...]:
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row["place"], row["resource"]), []).append(row)
    return tuple(
        Room(
            place,
            resource,
            group[0]["unit"],
            _steps(group),
            group[0]["department"],
            group[0]["source"],
            group[0]["as_of"],
            group[0].number,
        )
        for (place, resource), group in grouped.items()
    )


def _steps(rows: Sequence[Row]) -> tuple[Step, ...]:
    seen: set[int | None] = set()
    for row in rows:
        if row["from_year"] in seen:
            row.fault("from_year", Text("同一年份出现两次。", "the same year stands twice."))
        seen.add(row["from_year"])
    return tuple(Step(row["amount"], row["from_year"]) for row in rows)


def _facts(file: File) -> dict[str, dict[str, Value]]:
    facts: dict[str, dict[str, Value]] = {}
    for row in file.of(fields.FACTS):
        value = None if row["value"] is None else parse_value(str(row["value"]))
        facts.setdefault(row["subject"], {})[row["name"]] = value
    return facts


def _rules(file: File, case: Case) -> tuple[Rule, ...]:
    rows = file.of(fields.RULES)
    _unique(rows, "id")
    places = frozenset([park.name for park in case.parks] + [parcel.name for parcel in case.parcels])
    further = frozenset(
        [f"project.need.{resource}" for resource in case.resources]
        + [f"parcel.free.{resource}" for resource in case.resources]
        + [f"project.{name}" for project in case.projects for name in project.facts]
        + [f"park.{name}" for park in case.parks for name in park.facts]
        + [f"parcel.{name}" for parcel in case.parcels for name in parcel.facts]
    )
    return tuple(rule for row in rows if (rule := _rule(row, places, further, file.name)) is not None)


def _rule(row: Row, places: frozenset[str], further: frozenset[str], name: str) -> Rule | None:
    conditions = {}
    for column in ("when", "require"):
        try:
            conditions[column] = parse_conditions(row[column], further)
        except InputError as error:
            row.fault(column, error.problem)
    for place in row["places"] or ():
        if place not in places:
            row.fault(
                "places", Text(f"没有“{place}”这个地块或园区。", f'there is no parcel or park "{place}".')
            )
    if row["valid_from"] and row["valid_to"] and row["valid_to"] < row["valid_from"]:
        row.fault("valid_to", Text("早于生效日期。", "is before the first day."))
    if len(conditions) == 2 and not conditions["when"] and not conditions["require"]:
        row.fault("when", Text("适用条件和要求不能都空着。", "`when` and `require` cannot both be empty."))
    if len(conditions) < 2 or not row["aspect"] or not row["otherwise"]:
        return None
    return Rule(
        id=row["id"] or "",
        aspect=Aspect(row["aspect"]),
        title=row["title"] or "",
        when=conditions["when"],
        require=conditions["require"],
        otherwise=Verdict(row["otherwise"]),
        department=row["department"] or "",
        source=row["source"] or "",
        places=row["places"] or (),
        condition=row["condition"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        file=name,
        row=row.number,
    )


def _names(rows: Iterable[Row], column: str) -> set[str]:
    return {row[column] for row in rows if row[column]}


def _unique(rows: Iterable[Row], column: str) -> None:
    seen: set[str] = set()
    for row in rows:
        if row[column] in seen:
            row.fault(column, Text(f"“{row[column]}”重复。", f'"{row[column]}" stands twice.'))
        seen.add(row[column])


def _known(rows: Iterable[Row], column: str, names: set[str], what: Text) -> None:
    for row in rows:
        if row[column] is not None and row[column] not in names:
            row.fault(
                column, Text(f"没有“{row[column]}”这个{what.zh}。", f'there is no {what.en} "{row[column]}".')
            )


def _same_units(rows: Iterable[Row]) -> None:
    units: dict[str, str] = {}
    for row in rows:
        unit = units.setdefault(row["resource"], row["unit"])
        if row["unit"] != unit and row["unit"] is not None:
            row.fault(
                "unit",
                Text(
                    f"{row['resource']} 在别处以“{unit}”计,这里是“{row['unit']}”。请用同一单位。",
                    f'{row["resource"]} is in "{unit}" elsewhere and in "{row["unit"]}" here; use one unit.',
                ),
            )


def _some(row: Row, names: Sequence[str]) -> dict[str, Value]:
    return {name: row[name] for name in names if row[name] is not None}
