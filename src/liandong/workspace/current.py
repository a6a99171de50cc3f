"""The workspace that this process serves: its plan, its live registry, its diagnosis, each computed once.

A process of many threads asks here instead of opening things itself. The registry follows imports made by
other processes; a diagnosis is kept for as long as plan and snapshot stay the same.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from liandong.errors import InputError
from liandong.plan import Diagnosis, Plan
from liandong.registry import Registry
from liandong.registry.store import Store
from liandong.workspace import analysis, city
from liandong.workspace.memory import give_back
from liandong.workspace.models import PlanRecord

if TYPE_CHECKING:
    from liandong.workspace.workspace import Workspace

_LOCK = threading.Lock()
_OPENING = threading.Lock()
_REGISTRIES: dict[tuple[str, str, str | None], Registry] = {}
_PLANS: dict[int, Plan] = {}
_DIAGNOSES: dict[tuple[str, int], list[Diagnosis]] = {}


def workspace() -> Workspace:
    """The workspace that is open. Raises RuntimeError if none is."""
    from liandong.workspace.workspace import Workspace

    opened = Workspace._open
    if opened is None:
        raise RuntimeError("no workspace is open")
    return opened


def city_name() -> str:
    """The city as its workspace is configured; empty if it is not."""
    return workspace().configuration.city or ""


def registry() -> Registry:
    """The registry at its live snapshot; one for all threads, which share its tables and its index."""
    opened = workspace()
    folder = opened.folder / "registry"
    key = (str(folder), opened.configuration.engine, Store(folder).current())
    with _OPENING:
        kept = _REGISTRIES.get(key)
        if kept is None:
            kept = Registry(folder, opened.configuration.engine, snapshot=key[2])
            _REGISTRIES.clear()
            _REGISTRIES[key] = kept
    return kept


def snapshot_id() -> str | None:
    """Id of the live snapshot; None while the registry is empty."""
    return Store(workspace().folder / "registry").current()


def plan_version() -> int | None:
    """Counts up with every plan that is kept; None without a plan."""
    found: int | None = PlanRecord.objects.values_list("version", flat=True).first()
    return found


def plan() -> Plan | None:
    """The city's plan, None if none was loaded."""
    version = plan_version()
    if version is None:
        return None
    with _LOCK:
        kept = _PLANS.get(version)
    if kept is None:
        kept = city.stored_plan()
        if kept is not None:
            with _LOCK:
                _PLANS.clear()
                _PLANS[version] = kept
    return kept


def diagnoses() -> list[Diagnosis]:
    """The diagnosis of every chain in the plan's order; empty without a plan or without firms.

    Raises InputError where a diagnosis cannot be made (a city that is no prefecture).
    """
    scheme, snapshot = plan(), snapshot_id()
    version = plan_version()
    if scheme is None or snapshot is None or version is None:
        return []
    key = (f"{workspace().folder}:{snapshot}", version)
    with _LOCK:
        found = _DIAGNOSES.get(key)
        if found is None:
            found = analysis.diagnoses(scheme, registry())
            _DIAGNOSES.clear()
            _DIAGNOSES[key] = found
            give_back()
    return found


def diagnosis(chain: str) -> Diagnosis | None:
    """The diagnosis of a chain, None if there is none or it cannot be made."""
    try:
        return next((each for each in diagnoses() if each.chain == chain), None)
    except InputError:
        return None


def forget() -> None:
    """Let go of everything kept, for tests that open one workspace after another."""
    with _LOCK:
        _PLANS.clear()
        _DIAGNOSES.clear()
        _REGISTRIES.clear()
