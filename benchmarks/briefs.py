"""Every kind of brief in both languages on the Xuchang example, and dossiers of 200 firms: time and memory.

    python -m benchmarks.briefs

Each kind is written in its usual formats, twice: in this process after the imports, and as a command. The
bounds: 10 seconds a kind and language; 60 seconds and 1 GB for the batch of dossiers.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

from liandong.briefs import WORK_KINDS, CityBrief, Handbook, city_brief, event_handbook
from liandong.examples import xuchang
from liandong.meetings import Event, Meeting, Participant, Slot, Table, schedule
from liandong.workspace import Workspace
from liandong.workspace.briefing import BRIEFS, OF_ONE_CHAIN, About, chain_content

LANGUAGES = ("zh", "en")
FIRMS = 200
_HANDBOOK = "handbook"


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "xuchang"
        workspace = Workspace.create(folder, plan=xuchang.PLAN)
        workspace.add([xuchang.PAGE])
        workspace.import_firms([xuchang.FIRMS])
        print("| kind | language | in process, s | CPU s | as a command, s | CPU s |")
        print("|---|---|---|---|---|---|")
        for kind in BRIEFS:
            for language in LANGUAGES:
                measure(workspace, folder, kind, language, Path(work) / "out")
        batch(workspace, Path(work) / "out")


def measure(workspace: Workspace, folder: Path, kind: str, language: str, out: Path) -> None:
    """A line of the table."""
    if kind == _HANDBOOK:
        handbook = Handbook(schedule(_event(), time_limit=30), "2025-06-19")
        inside = timed(lambda: event_handbook(handbook, language=language, directory=out))  # type: ignore[arg-type]
        print(f"| {kind} | {language} | {inside[0]:.1f} | {inside[1]:.1f} | — | — |", flush=True)
        return
    about = About(
        chain="电力装备" if kind in OF_ONE_CHAIN else None,
        projects=xuchang.PROJECTS if kind in WORK_KINDS else None,
    )
    inside = timed(lambda: workspace.brief(kind, directory=out, language=language, about=about))  # type: ignore[arg-type]
    command = [sys.executable, "-m", "liandong", "brief", kind, "--lang", language, "-w", str(folder)]
    command += ["-o", str(out)]
    command += ["--chain", "电力装备"] if about.chain else []
    command += ["--projects", str(about.projects)] if about.projects else []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    outside = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"| {kind} | {language} | {inside[0]:.1f} | {inside[1]:.1f} | {outside[0]:.1f} | {cpu:.1f} |",
        flush=True,
    )


def batch(workspace: Workspace, out: Path) -> None:
    """Dossiers of the strongest targets of every chain, 200 firms in one document of Word."""
    contents = [
        chain_content(workspace, About(chain=chain.name, top=FIRMS)) for chain in workspace.plan.chains
    ]
    merged = _merged(contents)
    seconds, cpu = timed(lambda: city_brief(merged, kind="dossier", formats=("docx",), directory=out))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\ndossiers of {len(merged.targets)} firms: {seconds:.1f} s, {cpu:.1f} CPU s; peak {peak} MB")


def _merged(contents: list[CityBrief]) -> CityBrief:
    """One content with each firm once, where it scores most, with the chains that they are wanted for."""
    best = {
        target.firm.firm_id: target
        for target in sorted((t for c in contents for t in c.targets), key=lambda target: target.score)
    }
    targets = tuple(sorted(best.values(), key=lambda target: -target.score)[:FIRMS])
    return replace(
        contents[0],
        chains=tuple(section for content in contents for section in content.chains),
        targets=targets,
        firms=tuple({firm.firm_id: firm for c in contents for firm in c.firms}.values()),
    )


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of this process."""
    started, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - started, process_time() - cpu


def _event() -> Event:
    """An event of 40 participants with 120 wishes on 12 tables in 14 slots."""
    hosts = [Participant(f"h{i}", f"许昌方{i}", "许昌") for i in range(16)]
    guests = [Participant(f"g{i}", f"长三角企业{i}", ("上海", "江苏", "浙江")[i % 3]) for i in range(24)]
    wishes = [
        Meeting(str(5 * g + k), hosts[(g + 3 * k) % 16].id, guest.id)
        for g, guest in enumerate(guests)
        for k in range(5)
    ]
    tables = tuple(Table(f"{n}号桌") for n in range(1, 13))
    return Event(
        "对接会", (*hosts, *guests), tuple(wishes), tables, (Slot(),) * 14, place="上海", origin="event.xlsx"
    )


if __name__ == "__main__":
    main()
