"""The published instances of business-to-business meeting scheduling: ours beside two plain models.

    python benchmarks/meetings.py run FOLDER_OF_DZN RESULTS.jsonl [--limit 60] [--models ours,sat,cpsat]
                                      [--certify]
    python benchmarks/meetings.py table FOLDER_OF_DZN RESULTS.jsonl [--svg CACTUS.svg]
    python benchmarks/meetings.py real [--limit 120]

The plain models run in one process and one thread, ours in the two processes it uses anyway; the
limit is in CPU seconds of the busier process (not wall time: the machine may be shared). Files of the
same content are solved once and reported each. The run can be broken off and taken up again.
Schedules are judged by `liandong.meetings.checking`; models that contradict each other are an error.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import multiprocessing
import os
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from liandong.examples import xuchang
from liandong.meetings import (
    AskedBy,
    Event,
    Meeting,
    News,
    Participant,
    Placement,
    Session,
    Slot,
    Table,
    confirm,
    read_event,
    replan,
    schedule,
    unmoved,
    violations,
)
from liandong.meetings.budget import Budget, Stopped
from liandong.meetings.domains import domain
from liandong.meetings.schedule import Status, count_gaps
from liandong.meetings.scheduling import Search
from liandong.meetings.tables import seat, warm_up
from liandong.plan import load

Send = Callable[[str, Any], None]


def ours(event: Event, limit: int, send: Send) -> None:
    """`liandong.meetings.schedule` as it is, without the reasons it gives for an infeasible event.

    It uses two processes; its time is the CPU seconds of the busier one.
    """
    watch, told = Stopwatch(), [0]

    def cancelled() -> bool:
        if (search.bounds.gaps or 0) > told[0]:
            told[0] = search.bounds.gaps or 0
            send("bound", told[0])
        return watch.seconds > limit

    search = Search(event, Budget(cancelled=cancelled), on_better=lambda found: send("slots", found.slots()))
    with suppress(Stopped):
        search.run()
    found = search.result()
    if found.placements:
        send("slots", found.slots())
    if found.bound is not None:
        send("bound", found.bound)
    send("done", {Status.OPTIMAL: True, Status.INFEASIBLE: False}.get(found.status))


def _children() -> float:
    """CPU seconds of this process's children, the living and the dead."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    ticks = 0
    for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        with suppress(FileNotFoundError):
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return usage.ru_utime + usage.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


def plain_sat(event: Event, limit: int, send: Send) -> None:
    """Incremental SAT from below: one totalizer over all gaps, "at most L" assumed for L = 0, 1, …"""
    from pysat.card import CardEnc, EncType, ITotalizer
    from pysat.solvers import Solver

    slots, top, clauses = range(len(event.slots)), 0, []

    def new() -> int:
        nonlocal top
        top += 1
        return top

    at = {(m, s): new() for m, meeting in enumerate(event.meetings) for s in domain(event, meeting)}

    def at_most(literals: list[int], most: int) -> None:
        nonlocal top
        if len(literals) > most:
            kind = EncType.seqcounter if most > 1 else EncType.pairwise
            encoded = CardEnc.atmost(literals, most, top_id=top, encoding=kind)
            top = max(top, encoded.nv)
            clauses.extend(encoded.clauses)

    for m, meeting in enumerate(event.meetings):
        literals = [at[m, s] for s in slots if (m, s) in at]
        clauses.append(literals)
        at_most(literals, 1)
        for name in meeting.after:
            earlier = event.position[name]
            for s in slots:
                for t in range(s, len(event.slots)):
                    if (m, s) in at and (earlier, t) in at:
                        clauses.append([-at[m, s], -at[earlier, t]])
    for s in slots:
        at_most([at[m, s] for m in range(len(event.meetings)) if (m, s) in at], len(event.tables))
    starts_of: list[list[int]] = []
    for meetings in event.meetings_of.values():
        used, before = [], []
        for s in slots:
            literals = [at[m, s] for m in meetings if (m, s) in at]
            at_most(literals, 1)
            here, so_far = new(), new()
            clauses.append([-here, *literals])
            clauses.extend([-literal, here] for literal in literals)
            clauses.append([-here, so_far])
            clauses.append([-so_far, here, *before[-1:]])
            if before:
                clauses.append([-before[-1], so_far])
            used.append(here)
            before.append(so_far)
        starts = []
        for s in slots[2:]:
            start = new()
            clauses.extend(
                [
                    [-used[s], used[s - 1], -before[s - 1], start],
                    [-start, used[s]],
                    [-start, -used[s - 1]],
                    [-start, before[s - 1]],
                ]
            )
            starts.append(start)
        starts_of.append(starts)
    if event.fairness is not None:
        # every published instance has someone who cannot have a gap, so fairness is a limit for all
        assert any(len(meetings) < 2 for meetings in event.meetings_of.values())
        for starts in starts_of:
            at_most(starts, event.fairness)
    total = ITotalizer([start for starts in starts_of for start in starts], ubound=60, top_id=top)
    clauses.extend(total.cnf.clauses)
    solver = Solver(name="cadical195", bootstrap_with=clauses)
    if not solver.solve():
        send("done", False)
        return
    for limit in range(61):
        if solver.solve(assumptions=[-total.rhs[limit]]):
            model = solver.get_model()
            send("slots", {m: s for (m, s), literal in at.items() if model[literal - 1] > 0})
            send("done", True)
            return
        send("bound", limit + 1)


def plain_cpsat(event: Event, limit: int, send: Send) -> None:
    """The published model in CP-SAT, one worker."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    slots = range(len(event.slots))
    at = {
        (m, s): model.new_bool_var("")
        for m, meeting in enumerate(event.meetings)
        for s in domain(event, meeting)
    }
    for m, meeting in enumerate(event.meetings):
        model.add_exactly_one([at[m, s] for s in slots if (m, s) in at])
        for name in meeting.after:
            earlier = event.position[name]
            model.add(
                sum(s * at[earlier, s] for s in slots if (earlier, s) in at) + 1
                <= sum(s * at[m, s] for s in slots if (m, s) in at)
            )
    for s in slots:
        model.add(sum(at[m, s] for m in range(len(event.meetings)) if (m, s) in at) <= len(event.tables))
    gaps = []
    for meetings in event.meetings_of.values():
        used, before, starts = [], [], []
        for s in slots:
            here, so_far = model.new_bool_var(""), model.new_bool_var("")
            model.add(sum(at[m, s] for m in meetings if (m, s) in at) == here)
            model.add_max_equality(so_far, [here, *before[-1:]])
            if s > 1:
                start = model.new_bool_var("")
                model.add_bool_or([here.negated(), used[s - 1], before[s - 1].negated(), start])
                starts.append(start)
            used.append(here)
            before.append(so_far)
        gaps.append(sum(starts))
    if event.fairness is not None:
        least = model.new_int_var(0, len(event.slots), "")
        for own in gaps:
            model.add(own >= least)
            model.add(own <= least + event.fairness)
    model.minimize(sum(gaps))

    class Improved(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            send("slots", {m: s for (m, s), variable in at.items() if self.value(variable)})

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.best_bound_callback = lambda bound: send("bound", int(bound))
    status = solver.solve(model, Improved())
    send("done", {cp_model.OPTIMAL: True, cp_model.INFEASIBLE: False}.get(status))


MODELS = {"ours": ours, "sat": plain_sat, "cpsat": plain_cpsat}


def _child(model: str, path: str, limit: int, pipe: Any) -> None:
    event = read_event(path)
    watch, started = Stopwatch(), time.process_time()
    hard = limit + int(started) + (1 if model != "ours" else 30)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard + 1))

    def send(kind: str, value: Any) -> None:
        cpu = time.process_time() - watch.own + _children() - watch.others
        pipe.send((kind, value, watch.seconds, cpu, time.perf_counter() - watch.clock))

    MODELS[model](event, limit, send)


def measure(model: str, path: Path, limit: int) -> dict[str, Any]:
    """One model on one instance, within the limit."""
    event = read_event(path)
    context = multiprocessing.get_context("fork")  # so that imports are not counted
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(model, str(path), limit, sender))
    process.start()
    sender.close()
    row: dict[str, Any] = {
        "file": path.name,
        "model": model,
        "status": "unknown",
        "gaps": None,
        "bound": 0,
        "first": None,
        "found": None,
        "raised": None,
        "seconds": float(limit),
        "cpu": float(limit),
        "clock": None,
        "broken": [],
    }
    best: dict[int, int] | None = None
    while True:
        try:
            kind, value, seconds, cpu, clock = receiver.recv()
        except EOFError:
            break
        if kind == "slots":
            gaps = count_gaps(event, value)
            row["first"] = row["first"] or seconds
            if row["gaps"] is None or gaps < row["gaps"]:
                row["gaps"], row["found"], best = gaps, seconds, value
        elif kind == "bound":
            row["bound"] = max(row["bound"], value or 0)
            row["raised"] = seconds
        elif value is not None:
            row["status"] = "optimal" if value else "infeasible"
            row |= {"seconds": seconds, "cpu": cpu, "clock": clock}
    process.join()
    if row["status"] == "optimal":
        row["bound"] = row["gaps"]
    elif row["gaps"] is not None:
        row["status"] = "feasible"
    if best is not None:
        tables = seat(event, best)
        placements = tuple(Placement(event.meetings[m].id, s + 1, tables[m] + 1) for m, s in best.items())
        row["broken"] = [text.en for text in violations(event, placements)]
    return row


def run(folder: Path, results: Path, limit: int, models: list[str], *, certify: bool = False) -> None:
    """Everything that is not in the results yet, or was left open there with a smaller limit.

    certify: only what ours calls infeasible, so that another formulation confirms it.
    """
    warm_up()
    if "cpsat" in models:
        import ortools.sat.python.cp_model  # noqa: F401 - as slow to import
    done: dict[tuple[str, str], dict[str, Any]] = {}
    if results.exists():
        for line in results.read_text().splitlines():
            row = json.loads(line)
            done[row["digest"], row["model"]] = row
    for model in models:
        for path in sorted(folder.glob("*.dzn")):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            if certify and done.get((digest, "ours"), {}).get("status") != "infeasible":
                continue
            known = done.get((digest, model))
            if known and (known["status"] in ("optimal", "infeasible") or known["limit"] >= limit):
                continue
            row = measure(model, path, limit) | {"digest": digest, "limit": limit}
            done[digest, model] = row
            with results.open("a") as lines:
                lines.write(json.dumps(row) + "\n")
            print(
                f"{model:6} {path.name:36} {row['status']:10}",
                f"{row['gaps']} ≥ {row['bound']} {row['seconds']:.2f} s",
                flush=True,
            )


def hall(
    seed: int = 1,
    *,
    guests: int = 240,
    hosts: int = 60,
    wishes: int = 1200,
    tables: int = 40,
    slots: int = 24,
) -> Event:
    """A synthetic event of two days, made from the example workspace: no such event took place.

    Guests are firms of its registry, hosts are nodes of its plan's chains. A guest mostly wishes hosts of
    chains that its industry belongs to; few are wished by many, most by few; some come for half a day only.
    """
    random = Random(seed)
    plan = load(xuchang.PLAN)
    nodes = [(chain, node) for chain in plan.chains for node in chain.nodes][:hosts]
    with xuchang.FIRMS.open(encoding="utf-8-sig") as lines:
        firms = [row for row in csv.DictReader(lines) if row["city"] != "许昌"][:guests]
    half = slots // 2
    times = tuple(_slot(day, number, half) for day in (1, 2) for number in range(slots))
    halves = [frozenset(range(first, first + half)) for first in range(1, 2 * slots, half)]
    names = [row["name"] for row in firms] + [f"{chain.name}·{node.name}" for chain, node in nodes]
    people = [
        Participant(
            id=f"P{number}",
            name=name,
            unavailable=random.choice(halves) if random.random() < 0.15 else frozenset(),
        )
        for number, name in enumerate(names, start=1)
    ]
    wanting = [random.paretovariate(2) for _ in firms]
    wanted = [random.paretovariate(1.6) for _ in nodes]
    chosen: dict[tuple[int, int], None] = {}
    degree: Counter[int] = Counter()
    while len(chosen) < wishes:
        guest = random.choices(range(len(firms)), wanting)[0]
        near = [
            weight * (5 if any(firms[guest]["industry"].startswith(n.industries) for n in chain.nodes) else 1)
            for weight, (chain, _) in zip(wanted, nodes, strict=True)
        ]
        host = len(firms) + random.choices(range(len(nodes)), near)[0]
        if (guest, host) not in chosen and degree[guest] < 20 and degree[host] < 40:
            chosen[guest, host] = None
            degree.update((guest, host))
    return Event(
        name="合成的对接会(不是真实活动)· a synthetic event",
        participants=tuple(people),
        meetings=tuple(
            Meeting(
                f"W{number}",
                people[guest].id,
                people[host].id,
                random.choice(list(AskedBy)),
                random.randint(1, 5),
            )
            for number, (guest, host) in enumerate(sorted(chosen), start=1)
        ),
        tables=tuple(Table(f"T{n + 1}", x=4.0 * (n % 8), y=4.0 * (n // 8)) for n in range(tables)),
        slots=times,
    )


def _slot(day: int, number: int, half: int) -> Slot:
    """A quarter of an hour; ninety minutes of noon between the halves of the day."""
    start = datetime(2026, 5, 17 + day, 9) + timedelta(minutes=15 * number + 90 * (number >= half))
    session = Session.MORNING if number < half else Session.AFTERNOON
    return Slot(day=day, session=session, start=start, end=start + timedelta(minutes=15))


class Stopwatch:
    """CPU seconds of the busier of this process and its children, and the clock."""

    def __init__(self) -> None:
        self.own, self.others, self.clock = time.process_time(), _children(), time.perf_counter()

    @property
    def seconds(self) -> float:
        """Since the start."""
        return max(time.process_time() - self.own, _children() - self.others)

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s of CPU ({time.perf_counter() - self.clock:.0f} s by the clock)"


def real(limit: float) -> None:
    """The real-size event: first schedule, result after the limit (CPU seconds), re-plans after no-shows."""
    event = hall()
    print(f"{event.name}: {len(event.participants)} participants, {len(event.meetings)} wishes")
    watch, firsts = Stopwatch(), []
    found = schedule(
        event,
        time_limit=None,
        cancelled=lambda: watch.seconds > limit,
        on_better=lambda each: None if firsts else firsts.append(str(watch)),
    )
    print(f"first schedule after {firsts[0]}; broken rules: {len(confirm(found))}")
    over = (found.gap or 0) / len(event.participants)
    print(
        f"after {watch}: {found.status}, {len(found.placements)} held, value {found.value} of at most"
        f" {found.value_bound}, {found.gaps} idle gaps, at least {found.bound}: {over:.2f} a participant over"
    )
    random = Random(2)
    absent = frozenset(p.id for p in event.participants if random.random() < 0.1)
    late = {p.id: 13 for p in event.participants if p.id not in absent and random.random() < 0.05}
    for news in (News(now=9, absent=absent), News(absent=absent, late=late)):
        watch = Stopwatch()
        again = replan(
            event,
            found.placements,
            news,
            time_limit=None,
            cancelled=lambda watch=watch: watch.seconds > 10,  # type: ignore[misc]
        )
        same, both = unmoved(found.placements, again.placements)
        print(
            f"{len(absent)} no-shows, {len(news.late or {})} late, from slot {news.now}: {watch},"
            f" {again.status}, {len(again.placements)} of {len(again.event.meetings)} held,"
            f" {same} of {both} unmoved, {again.gaps} idle gaps; broken rules: {len(confirm(again))}"
        )


def table(folder: Path, results: Path, svg: Path | None) -> None:
    """Every file of the folder with the result of its content, the totals, and the cactus plot."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for line in results.read_text().splitlines():
        row = json.loads(line)
        rows[row["digest"], row["model"]] = row
    digests = {
        path: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in sorted(folder.glob("*.dzn"))
    }
    models = [model for model in MODELS if any(key[1] == model for key in rows)]
    print("| instance | " + " | ".join(f"{model} | s" for model in models) + " |")
    print("|---|" + "---|---|" * len(models))
    for path, digest in digests.items():
        cells = []
        for model in models:
            row = rows.get((digest, model))
            cells.append("| | " if row is None else f"| {_result(row)} | {row['seconds']:.2f} ")
        print(f"| {path.stem} {''.join(cells)}|")
    closed: dict[str, list[float]] = {}
    for model in models:
        own = [rows[digest, model] for digest in digests.values() if (digest, model) in rows]
        closed[model] = sorted(row["seconds"] for row in own if row["status"] in ("optimal", "infeasible"))
        broken = sum(bool(row["broken"]) for row in own)
        median = statistics.median(row["seconds"] for row in own)
        print(
            f"\n{model}: {len(own)} instances, {len(closed[model])} closed, median {median:.2f} s, "
            f"total {sum(row['seconds'] for row in own):.0f} s, {broken} schedules with broken rules"
        )
    for digest in set(digests.values()):
        _agree([rows[digest, model] for model in models if (digest, model) in rows])
    print("no two models contradict each other")
    if svg is not None:
        svg.write_text(cactus(closed))


def _result(row: dict[str, Any]) -> str:
    if row["status"] == "optimal":
        return str(row["gaps"])
    if row["status"] == "infeasible":
        return "infeasible"
    return f"{row['bound']} … {row['gaps'] if row['gaps'] is not None else '?'}"


def _agree(rows: list[dict[str, Any]]) -> None:
    found = [row["gaps"] for row in rows if row["gaps"] is not None]
    bounds = [row["bound"] for row in rows if row["status"] != "infeasible"]
    infeasible = any(row["status"] == "infeasible" for row in rows)
    if found and (infeasible or min(found) < max(bounds)):
        raise SystemExit(f"contradiction: {rows}")


def cactus(closed: dict[str, list[float]]) -> str:
    """Instances closed within a time, one line per model, as SVG."""
    import vl_convert

    points = [
        {"model": model, "closed": number, "seconds": max(seconds, 0.01)}
        for model, times in closed.items()
        for number, seconds in enumerate(times, start=1)
    ]
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": points},
        "mark": {"type": "line", "point": True},
        "width": 560,
        "height": 300,
        "encoding": {
            "x": {"field": "closed", "type": "quantitative", "title": "instances closed"},
            "y": {
                "field": "seconds",
                "type": "quantitative",
                "scale": {"type": "log"},
                "title": "CPU seconds each",
            },
            "color": {"field": "model", "type": "nominal"},
        },
    }
    return str(vl_convert.vegalite_to_svg(json.dumps(chart)))


def main() -> None:
    """Run, print, or try the real-size event."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["run", "table", "real"])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--models", default="ours,sat,cpsat")
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--certify", action="store_true")
    arguments = parser.parse_args()
    if arguments.what == "real":
        real(arguments.limit)
    elif arguments.what == "run":
        models = arguments.models.split(",")
        run(*arguments.paths[:2], arguments.limit, models, certify=arguments.certify)
    else:
        table(arguments.paths[0], arguments.paths[1], arguments.svg)


if __name__ == "__main__":
    main()
