"""The city's programmes in the store, and what they say of one firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import transaction

from liandong.errors import InputError, Text
from liandong.facts import Fact
from liandong.plan import Plan, bind_origin
from liandong.plan.reading import toml_text
from liandong.programmes import Match, Programme, dump, firm_subject, load, match_all, parse
from liandong.registry import Registry
from liandong.workspace.models import ProgrammesRecord


def keep(path: Path, plan: Plan | None) -> tuple[Programme, ...]:
    """Put the programmes of a TOML file or workbook in place of the present ones; all or nothing."""
    found = load(path, plan)
    text = toml_text(path) if path.suffix.lower() == ".toml" else dump(found)
    with transaction.atomic():
        ProgrammesRecord.objects.all().delete()
        ProgrammesRecord.objects.create(file=path.with_suffix(".toml").name, text=text)
    return found


def stored(facts: Sequence[Fact] = ()) -> tuple[Programme, ...]:
    """The workspace's programmes, each bound to the facts that state it; none if none were loaded."""
    record = ProgrammesRecord.objects.first()
    if record is None:
        return ()
    found = parse(record.text, file=record.file)
    return tuple(replace(each, origin=bind_origin(each.origin, facts)) for each in found)


def stored_text() -> str:
    """The programmes as TOML, with the comments of the file that they came from; "" if none were loaded."""
    record = ProgrammesRecord.objects.first()
    return record.text if record else ""


def matches(programmes: Sequence[Programme], registry: Registry, firm: str, on: date) -> list[Match]:
    """Every programme for firms against the firm of a name, code or firm_id, on a day.

    Raises InputError if the registry has no such firm.
    """
    hits = registry.search(firm, limit=1)
    if not hits:
        raise InputError(Text(f"登记库中没有“{firm}”。", f'the registry has no "{firm}".'), field="firm")
    quoted = hits[0].firm_id.replace("'", "''")
    (row,) = registry.query(f"SELECT * FROM firms WHERE firm_id = '{quoted}'").to_pylist()
    return match_all(programmes, firm_subject(row, on), on)
