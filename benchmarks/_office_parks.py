"""Parks, parcels and events of a large city for `benchmarks.office`: synthetic, and every one says so."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from liandong.examples import xuchang

MARK = "合成数据"
BY = "synthetic"
PLACED = 400
"""Projects with a parcel."""
TABLES = 40
SLOTS = 24
A_GUEST = 4
"""Wishes of a participant."""


def build(parks: int, parcels: int, events: int, people: int, chance: random.Random) -> None:
    """So many parks with parcels, rooms, prices and placed projects, and events with their schedules."""
    if parks:
        _parks(parks, parcels, chance)
    for number in range(events):
        _event(number, people, chance)


def _parks(parks: int, parcels: int, chance: random.Random) -> None:
    from django.utils import timezone

    from liandong.siting import read_parks
    from liandong.workspace import models, park_imports

    rules = read_parks(Path(xuchang.__file__).parent / "siting.toml").rules
    for rule in rules:
        park_imports.write_rule(rule)
    hosts = models.ParkRecord.objects.bulk_create(
        models.ParkRecord(name=f"{MARK}园区{n:02}", unit=MARK, facts={"chemical_park": False}, note=MARK)
        for n in range(parks)
    )
    plots = models.ParcelRecord.objects.bulk_create(
        models.ParcelRecord(
            park=hosts[n % parks],
            name=f"{MARK}地块{n:04}",
            kind="plant" if n % 4 == 0 else "land",
            area=Decimal(chance.randrange(20, 300)),
            facts={"use": "工业用地", "min_investment_per_mu": "200", "land_status": "clear"},
            longitude=113.5 + chance.random() / 2,
            latitude=33.9 + chance.random() / 2,
        )
        for n in range(parcels)
    )
    models.RoomRecord.objects.bulk_create(
        models.RoomRecord(
            park=plot.park, parcel=plot, resource="土地", unit="亩", steps=[[str(plot.area), None]]
        )
        for plot in plots
    )
    models.RoomRecord.objects.bulk_create(
        models.RoomRecord(park=host, resource=name, unit=unit, steps=[["100000", None]], department=MARK)
        for host in hosts
        for name, unit in (("电力", "千伏安"), ("燃气", "立方米/日"), ("污水", "吨/日"), ("COD", "吨/年"))
    )
    models.PriceRecord.objects.bulk_create(
        models.PriceRecord(park=host, resource="土地", value=chance.randrange(100_000, 400_000))
        for host in hosts
    )
    today = timezone.localdate()
    projects = list(models.ProjectRecord.objects.order_by("pk")[:PLACED])
    wanted = [["土地", "亩", [["10", None]]], ["电力", "千伏安", [["500", None]]]]
    models.SitingNeeds.objects.bulk_create(
        models.SitingNeeds(project=each, facts={"chemical": False, "investment": "9000"}, needs=wanted, by=BY)
        for each in projects
    )
    models.SitingRecord.objects.bulk_create(
        models.SitingRecord(
            project=each, parcel=plots[n * 7 % len(plots)], verdict="admitted", since=today, by=BY
        )
        for n, each in enumerate(projects)
    )


def _event(number: int, people: int, chance: random.Random) -> None:
    from liandong.meetings import Event, Meeting, Participant, Session, Slot, Table
    from liandong.workspace import events_kept, models

    start = datetime(2026, 1 + number % 12, 10, 9, 0)
    times = [start + timedelta(minutes=20 * at) for at in range(SLOTS)]
    wishes = {
        tuple(sorted(chance.sample(range(people), 2))) for _ in range(people * A_GUEST // 2) if people > 1
    }
    made = events_kept.take_in(
        Event(
            f"{MARK}对接会{number:02}",
            tuple(Participant(f"P{n}", f"{MARK}企业{n}", f"{MARK}代表团{n % 12}") for n in range(people)),
            tuple(Meeting(f"W{n}", f"P{a}", f"P{b}") for n, (a, b) in enumerate(sorted(wishes))),
            tuple(Table(f"T{n}") for n in range(1, TABLES + 1)),
            tuple(Slot(1, Session.MORNING, at, at + timedelta(minutes=20)) for at in times),
        ),
        unit=MARK,
        synthetic=True,
    )
    placements = _greedy(sorted(wishes))
    told: dict[str, Any] = {"status": "feasible", "objective": None, "bound": None, "reasons": []}
    run = models.ScheduleRun.objects.create(event=made, placements=placements, told=told, by=BY)
    events_kept.publish(run, MARK)


def _greedy(wishes: list[tuple[int, ...]]) -> list[list[Any]]:
    """A schedule that keeps everybody at one table at a time: the first slot that is free for both."""
    busy: set[tuple[int, int]] = set()
    full: dict[int, int] = {}
    placed: list[list[Any]] = []
    for number, (one, other) in enumerate(wishes):
        for slot in range(1, SLOTS + 1):
            if (one, slot) not in busy and (other, slot) not in busy and full.get(slot, 0) < TABLES:
                busy |= {(one, slot), (other, slot)}
                full[slot] = full.get(slot, 0) + 1
                placed.append([f"W{number}", slot, full[slot]])
                break
    return placed
