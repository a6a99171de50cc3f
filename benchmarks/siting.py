"""Siting beside plain models of the same problem, on published generalized-assignment instances.

    python -m benchmarks.siting FOLDER [--limit 60] [--models ours,milp,cpsat] [--only c20200,e20200]
                                      [--clock 3]

Every answer is checked here against the file itself (each job once, every capacity kept, the cost added up)
and against the best values known (`bounds.txt`). `milp` is scipy.optimize.milp (HiGHS) on the textbook model;
`cpsat` is OR-tools CP-SAT on two workers, which must run from an environment of its own (OR-tools and highspy
< 1.15 do not share one): install ortools, numpy and scipy there and ask for --models cpsat.

The limit is in CPU seconds by one of two cores for ours (it may use both), which ends at the latest after
`--clock` times as many seconds by the clock: on a machine shared with other work CPU is what counts. The
other models know clock seconds alone and get the limit as it is. CPU seconds of all threads are shown beside
clock seconds.
"""

from __future__ import annotations

import argparse
import resource
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Instance(NamedTuple):
    """A file as it stands: cost and use (agents, jobs), room (agents,)."""

    cost: np.ndarray
    use: np.ndarray
    room: np.ndarray


class Found(NamedTuple):
    """What a model says. agents: of every job, from 0; None if nothing was found."""

    agents: list[int] | None
    bound: float
    proven: bool


def load(path: Path) -> Instance:
    """The numbers of a file, read without the code under test."""
    numbers = np.array(path.read_text().split(), dtype=np.int64)
    agents, jobs = numbers[:2]
    size = agents * jobs
    return Instance(
        numbers[2 : 2 + size].reshape(agents, jobs),
        numbers[2 + size : 2 + 2 * size].reshape(agents, jobs),
        numbers[2 + 2 * size : 2 + 2 * size + agents],
    )


def ours(path: Path, limit: float, clock: float) -> Found:
    """`siting.assign`, ended when each of two cores has given the limit."""
    from liandong.siting import assign, read_gap

    thread = time.pthread_getcpuclockid(threading.get_ident())

    def used() -> float:
        """CPU seconds of the main thread, and half of the others': compiled searchers run two at a time."""
        main = time.clock_gettime(thread)
        return main + (time.process_time() - main) / 2

    began = used()
    found = assign(read_gap(path), limit * clock, cancel=lambda: used() - began > limit)
    agents = [int(site) for site in found.sites if site is not None]
    return Found(agents or None, found.bound if found.bound is not None else -np.inf, found.proven)


def milp(path: Path, limit: float, clock: float) -> Found:
    """The textbook model in scipy.optimize.milp."""
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.optimize import milp as solve
    from scipy.sparse import csr_matrix

    cost, use, room = load(path)
    agents, jobs = cost.shape
    columns = np.arange(agents * jobs)
    once = csr_matrix((np.ones(agents * jobs), (np.tile(np.arange(jobs), agents), columns)))
    fits = csr_matrix((use.ravel(), (np.repeat(np.arange(agents), jobs), columns)))
    answer = solve(
        cost.ravel(),
        constraints=[LinearConstraint(once, 1, 1), LinearConstraint(fits, ub=room)],
        integrality=np.ones(agents * jobs),
        bounds=Bounds(0, 1),
        options={"time_limit": limit, "mip_rel_gap": 0},
    )
    chosen = None if answer.x is None else answer.x.reshape(agents, jobs).argmax(axis=0).tolist()
    bound = -np.inf if answer.mip_dual_bound is None else answer.mip_dual_bound
    return Found(chosen, bound, answer.status == 0)


def cpsat(path: Path, limit: float, clock: float) -> Found:
    """The textbook model in CP-SAT, two workers."""
    from ortools.sat.python import cp_model

    cost, use, room = load(path)
    agents, jobs = cost.shape
    model = cp_model.CpModel()
    x = [[model.new_bool_var("") for _ in range(jobs)] for _ in range(agents)]
    for job in range(jobs):
        model.add_exactly_one(x[agent][job] for agent in range(agents))
    for agent in range(agents):
        model.add(sum(int(use[agent, j]) * x[agent][j] for j in range(jobs)) <= int(room[agent]))
    model.minimize(sum(int(cost[a, j]) * x[a][j] for a in range(agents) for j in range(jobs)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(model)
    chosen = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        chosen = [next(a for a in range(agents) if solver.value(x[a][j])) for j in range(jobs)]
    return Found(chosen, solver.best_objective_bound, status == cp_model.OPTIMAL)


MODELS = {"ours": ours, "milp": milp, "cpsat": cpsat}


def check(instance: Instance, agents: list[int] | None) -> int | None:
    """The cost of an answer. Raises SystemExit if it breaks the problem."""
    if agents is None:
        return None
    cost, use, room = instance
    if len(agents) != cost.shape[1]:
        raise SystemExit("a job is missing")
    for agent in range(len(room)):
        if sum(int(use[agent, job]) for job, chosen in enumerate(agents) if chosen == agent) > room[agent]:
            raise SystemExit(f"agent {agent + 1} is overfilled")
    return sum(int(cost[agent, job]) for job, agent in enumerate(agents))


def main() -> None:
    """Print one line an instance and model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data/gap"))
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--clock", type=float, default=1.0)
    parser.add_argument("--models", default="ours,milp")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        print(f"no instances at {arguments.folder}")
        return
    bounds = {}
    for line in (arguments.folder / "bounds.txt").read_text().splitlines():
        name, low, high = line.split()
        bounds[name] = (int(low), int(high))
    print("| instance | best known | model | found | bound | off best | proven | seconds | CPU seconds |")
    print("|---|---|---|---|---|---|---|---|---|")
    for path in sorted(arguments.folder.glob("[a-e]*[0-9].txt")):
        if arguments.only and path.stem not in arguments.only.split(","):
            continue
        low, high = bounds[f"{path.stem}_Min"]
        for name in arguments.models.split(","):
            started, cpu = time.perf_counter(), _cpu()
            found = MODELS[name](path, arguments.limit, arguments.clock)
            seconds, cpu = time.perf_counter() - started, _cpu() - cpu
            cost = check(load(path), found.agents)
            if cost is not None and (cost < low or (found.proven and cost > high)):
                raise SystemExit(f"{path.stem}: {name} says {cost}, known is {low} to {high}")
            off = "" if cost is None else f"{100 * (cost / high - 1):.3f} %"
            known = f"{high}" if low == high else f"{low}–{high}"
            print(
                f"| {path.stem} | {known} | {name} | {cost} | {found.bound:.0f} | {off} "
                f"| {'yes' if found.proven else 'no'} | {seconds:.1f} | {cpu:.1f} |",
                flush=True,
            )


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(main())
