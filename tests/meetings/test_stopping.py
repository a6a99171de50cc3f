import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter, sleep

import pytest

from liandong.meetings import Event, Meeting, Participant, Slot, Status, Table, confirm, schedule

HARD = """
from tests.meetings.test_stopping import crowded
from liandong.meetings import confirm, schedule
found = schedule(crowded(), time_limit=60, on_better=lambda each: print("better", flush=True))
print(found.status, len(found.placements), confirm(found), flush=True)
"""


def crowded() -> Event:
    """60 participants, 236 meetings, ten slots, 24 tables: no proof within seconds."""
    random = Random(5)
    names = [f"p{number}" for number in range(60)]
    pairs = [(one, other) for i, one in enumerate(names) for other in names[i + 1 :]]
    random.shuffle(pairs)
    met = dict.fromkeys(names, 0)
    meetings = []
    for one, other in pairs:
        if met[one] < 8 and met[other] < 8 and len(meetings) < 236:
            met[one] += 1
            met[other] += 1
            meetings.append(Meeting(f"{one}-{other}", one, other))
    return Event(
        "crowded",
        tuple(Participant(name) for name in names),
        tuple(meetings),
        tuple(Table(f"T{number}") for number in range(24)),
        tuple(Slot() for _ in range(10)),
    )


def test_a_cancel_ends_the_search_within_a_second():
    """The caller's stop is heard within a second, and the best schedule so far is sound and kept."""
    started = perf_counter()
    found = schedule(crowded(), time_limit=60, cancelled=lambda: perf_counter() - started > 2)
    assert perf_counter() - started < 3.5  # the search's own second, and half a one for a busy machine
    assert (found.status, confirm(found)) == (Status.FEASIBLE, ())


def test_the_limit_is_kept():
    """A search of one second takes about one second."""
    started = perf_counter()
    schedule(crowded(), time_limit=1)
    assert perf_counter() - started < 2.5


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_ctrl_c_keeps_the_best_schedule():
    """An interrupt ends the search; what was found is returned, not lost."""
    process = subprocess.Popen([sys.executable, "-c", HARD], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "better\n"
    process.send_signal(signal.SIGINT)
    started = perf_counter()
    rest, _ = process.communicate(timeout=30)
    assert perf_counter() - started < 3
    assert rest.splitlines()[-1].startswith("feasible ")
    assert rest.splitlines()[-1].endswith(" ()")


def test_a_budget_in_conflicts_gives_the_same_schedule_again():
    """The deterministic mode repeats itself under a seed, with the search broken off half-way."""
    first, second = (schedule(crowded(), time_limit=None, conflicts=1300, seed=7) for _ in range(2))
    assert (first.placements, first.status, first.bound) == (second.placements, second.status, second.bound)
    assert first.status is Status.FEASIBLE


def test_better_schedules_are_told_on_the_way():
    """on_better hears of sound schedules of growing quality."""
    heard: list[tuple[int, int]] = []
    schedule(
        crowded(), time_limit=3, on_better=lambda each: heard.append((-(each.value or 0), each.gaps or 0))
    )
    assert len(heard) > 0
    assert heard == sorted(heard, reverse=True)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process end with its parent")
def test_a_search_that_is_killed_leaves_nothing_behind():
    """When the searching process is killed, its worker ends with it."""
    process = subprocess.Popen([sys.executable, "-c", HARD], stdout=subprocess.PIPE, text=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_until(lambda: children.read_text() != "")
    worker = int(children.read_text().split()[0])
    wait_until(lambda: ignores_interrupts(worker))
    sleep(0.5)  # from there to where it asks to end with its parent
    process.kill()
    process.communicate()
    wait_until(lambda: not alive(worker))


def wait_until(fact: Callable[[], bool], seconds: float = 20) -> None:
    end = perf_counter() + seconds
    while not fact():
        assert perf_counter() < end
        sleep(0.05)


def ignores_interrupts(process: int) -> bool:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    ignored = next(int(line.split()[1], 16) for line in lines if line.startswith("SigIgn"))
    return bool(ignored & 1 << (signal.SIGINT - 1))


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False
