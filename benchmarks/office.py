"""The office at the size of a large bureau: how fast its pages are for thirty people, and what they cost.

    python -m benchmarks.office build FOLDER --registry REGISTRY    100,000 followed firms, 200,000 facts,
                                                                    10,000 projects, 200,000 entries
    python -m benchmarks.office load FOLDER                         30 users, 5 s mean think time, 3 minutes
    python -m benchmarks.office queries FOLDER                      statements to the store, page by page
    python -m benchmarks office                                     all three, small, in a folder of its own

REGISTRY is the folder of a registry that was imported before (`liandong registry import`); it is linked, not
copied. Pages, facts, notes and decisions are synthetic and say so; followed firms are rows of the registry.

The load generator runs on the same machine, over loopback, and the server is the one that people start
(`liandong serve`). Pages come from the office's own list of addresses, so that a new page is measured too;
lists are also asked with words, filters, an order and a later page. Clock times depend on what else the
machine does: CPU seconds a request and the load average stand beside them.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liandong.office.settings")

from benchmarks import _office_data as data
from liandong.workspace import Workspace

USERS = 30
THINK = 5.0
SECONDS = 180.0
SLOWEST = 15
Pages = dict[str, tuple[str, ...]]
"""Kind of page → examples of its address."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Measured:
    """What the users saw. seconds: per kind of page; failed: (path, status) of answers that were no page."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[tuple[str, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, path: str, status: int, seconds: float) -> None:
        """Note a visit."""
        with self.lock:
            self.seconds[kind].append(seconds)
            if status != 200:
                self.failed.append((path, status))


class Visitor:
    """Somebody with a browser: one connection, cookies, no scripts."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of an answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form | {"csrfmiddlewaretoken": self._cookies.get("csrftoken", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        method = "GET" if form is None else "POST"
        try:
            self._connection.request(method, quote(path, safe="/?&=+%~:"), body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return 0, ""
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, text

    def enter(self, name: str) -> None:
        """Sign in. Raises RuntimeError if that fails."""
        self.ask("/enter/")
        status, _ = self.ask("/enter/", {"login": name, "password": data.PASSWORD})
        if status != 302:
            raise RuntimeError(f"{name} cannot come in: {status}")


def load(folder: Path, users: int, think: float, seconds: float, without: str = "") -> None:
    """Start the office, let people walk through it, print the table."""
    every = data.addresses(folder)
    port = _free_port()
    command = [sys.executable, "-m", "liandong", "serve", "-w", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        visitors = [Visitor(port) for _ in range(users)]
        _wait(visitors[0], server)
        for number, visitor in enumerate(visitors):
            visitor.enter(data.name_of(number))
        every = {name: each for name, each in every.items() if not without or not name.startswith(without)}
        if "targets:chain" in every:
            every = data.with_targets(every, lambda path: visitors[0].ask(path)[1])
        seen = [data.allowed(every, number) for number in range(users)]
        first = _first_visits(visitors, seen)
        measured, memory = Measured(), _Memory(server.pid)
        memory.start()
        cpu, began = _cpu(server.pid), time.perf_counter()
        end = began + seconds
        walks = [
            threading.Thread(target=_walk, args=(visitor, seen[seed], measured, end, think, seed))
            for seed, visitor in enumerate(visitors)
        ]
        for walk in walks:
            walk.start()
        for walk in walks:
            walk.join()
        spent = _cpu(server.pid) - cpu
        memory.stop()
        _print(measured, first, spent, time.perf_counter() - began, memory)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(visitor: Visitor, server: subprocess.Popen[bytes]) -> None:
    """Until the office answers."""
    for _ in range(600):
        if visitor.ask("/enter/")[0] == 200:
            return
        if server.poll() is not None:
            raise RuntimeError("the server ended")
        time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def _first_visits(visitors: list[Visitor], seen: list[Pages]) -> dict[str, float]:
    """Seconds of the first visit of each kind: what was computed for the first time."""
    found: dict[str, float] = {}
    for visitor, kinds in zip(visitors, seen, strict=True):
        for kind in kinds.keys() - found.keys():
            began = time.perf_counter()
            visitor.ask(kinds[kind][0])
            found[kind] = time.perf_counter() - began
    return found


def _walk(visitor: Visitor, kinds: Pages, measured: Measured, end: float, think: float, seed: int) -> None:
    """One person: a page, a thought, the next page, each kind as often as any other."""
    chance = random.Random(seed)
    time.sleep(chance.uniform(0, think))
    order: list[str] = []
    while time.perf_counter() < end:
        if not order:
            order = chance.sample(sorted(kinds), len(kinds))
        kind = order.pop()
        path = chance.choice(kinds[kind])
        began = time.perf_counter()
        status, _ = visitor.ask(path)
        measured.add(kind, path, status, time.perf_counter() - began)
        time.sleep(min(chance.expovariate(1 / think), max(0.0, end - time.perf_counter())))


def _print(
    measured: Measured, first: dict[str, float], spent: float, seconds: float, memory: _Memory
) -> None:
    every = [each for found in measured.seconds.values() for each in found]
    print("| page | visits | first ms | p50 ms | p95 ms |\n|---|---|---|---|---|")
    for kind, found in sorted(measured.seconds.items(), key=lambda item: -_p95(item[1])):
        print(
            f"| {kind} | {len(found)} | {first[kind] * 1000:.0f} | {statistics.median(found) * 1000:.0f} "
            f"| {_p95(found) * 1000:.0f} |"
        )
    print(
        f"| all | {len(every)} | | {statistics.median(every) * 1000:.0f} | {_p95(every) * 1000:.0f} |\n\n"
        f"{len(every) / seconds:.1f} pages a second for {seconds:.0f} s; "
        f"{spent / len(every) * 1000:.0f} ms CPU a page; {len(measured.failed)} failed; "
        f"memory at most {memory.share:.0f} MB (server and worker; what they share counted once: PSS), "
        f"{memory.own:.0f} MB of it not mapped from files; "
        f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    for path, status in sorted(set(measured.failed))[:SLOWEST]:
        print(f"failed: {status} {path}")


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[max(0, -(-len(seconds) * 95 // 100) - 1)]


class _Memory(threading.Thread):
    """The largest memory of the server and its worker, looked at each few seconds, in MB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.rss = self.own = self.share = 0.0
        self._pid, self._ended = pid, threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._ended.wait(3.0):
            found = [_status(pid) for pid in _group(self._pid)]
            self.rss = max(self.rss, sum(each.get("VmRSS", 0) for each in found) / 1024)
            self.share = max(self.share, sum(_share(pid) for pid in _group(self._pid)) / 1024)
            self.own = max(self.own, sum(each.get("RssAnon", 0) for each in found) / 1024)

    def stop(self) -> None:
        """No more."""
        self._ended.set()
        self.join()


def _group(pid: int) -> list[int]:
    """A process and its children."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [child for each in task.read_text().split() for child in _group(int(each))]
    return found


def _status(pid: int) -> dict[str, int]:
    """Memory of a process in kB, by name."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return {}
    return {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB$", text, re.MULTILINE)}


def _share(pid: int) -> int:
    """Resident memory of a process in kB, pages that it shares with others counted in parts (PSS)."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) if found else 0


def _cpu(pid: int) -> float:
    """CPU seconds of a process and its children, so far."""
    total = 0.0
    for each in _group(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / TICK
    return total


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def queries(folder: Path, quiet: bool = False) -> dict[str, int]:
    """Statements to the store per kind of page, each page visited once before; printed, the most first."""
    Workspace(folder)
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from liandong.workspace.models import Account

    kinds = data.addresses(folder)
    clients = {}
    for number in (0, data.USERS - 1):
        client = clients[number] = Client(SERVER_NAME="localhost")
        person = Account.objects.get(username=data.name_of(number))
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    kinds = data.with_targets(kinds, lambda path: clients[0].get(path).content.decode())
    found, costs = {}, {}
    for kind, each in kinds.items():
        paths, client = each.paths, clients[data.USERS - 1 if each.permission == "audit.view" else 0]
        client.get(paths[0])
        began = time.process_time()
        with CaptureQueriesContext(connection) as seen:
            client.get(paths[-1])
        costs[kind] = time.process_time() - began
        found[kind] = len(seen)
    if not quiet:
        print("| page | queries | CPU ms, alone |\n|---|---|---|")
        for kind in sorted(found, key=lambda name: -costs[name]):
            print(f"| {kind} | {found[kind]} | {costs[kind] * 1000:.0f} |")
    return found


def small() -> None:
    """All three at a size that any machine manages, in a folder that goes away."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        data.build(folder, None, firms=1_000, facts=4_000, projects=200, parks=(5, 100), events=(2, 40))
        load(folder, USERS, THINK, 30.0)
        queries(folder)


def main() -> None:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command")
    build = commands.add_parser("build")
    build.add_argument("folder", type=Path)
    build.add_argument("--registry", type=Path, help="folder of an imported registry")
    build.add_argument("--firms", type=int, default=100_000)
    build.add_argument("--facts", type=int, default=200_000)
    build.add_argument("--projects", type=int, default=10_000, help="each with 20 entries on its timeline")
    build.add_argument("--parks", type=int, default=50)
    build.add_argument("--parcels", type=int, default=5_000)
    build.add_argument("--events", type=int, default=20)
    build.add_argument("--people", type=int, default=300, help="participants of an event")
    walk = commands.add_parser("load")
    walk.add_argument("folder", type=Path)
    walk.add_argument("--users", type=int, default=USERS)
    walk.add_argument("--think", type=float, default=THINK)
    walk.add_argument("--seconds", type=float, default=SECONDS)
    walk.add_argument("--without", default="", help="beginning of the names of pages left out")
    commands.add_parser("queries").add_argument("folder", type=Path)
    given = parser.parse_args()
    if given.command == "build":
        counted = data.build(
            given.folder,
            given.registry,
            firms=given.firms,
            facts=given.facts,
            projects=given.projects,
            parks=(given.parks, given.parcels),
            events=(given.events, given.people),
        )
        print(json.dumps(counted))
    elif given.command == "load":
        load(given.folder, given.users, given.think, given.seconds, given.without)
    elif given.command == "queries":
        queries(given.folder)
    else:
        small()


if __name__ == "__main__":
    main()
