from datetime import date
from pathlib import Path

from liandong.examples import xuchang
from liandong.siting import Status, violations
from liandong.workspace import Workspace


def test_workspace_sites_a_case(tmp_path: Path):
    """The façade admits and places a case; what is conditional stays out unless asked for."""
    workspace = Workspace.create(tmp_path / "w", city="许昌")
    strict = workspace.site(xuchang.SITING, day=date(2026, 5, 18), alternatives=True)
    loose = workspace.site(xuchang.SITING, day=date(2026, 5, 18), conditional=True)
    assert (strict.result.status, loose.result.status) == (Status.OPTIMAL, Status.OPTIMAL)
    assert violations(strict.posed.problem, strict.result.sites) == []
    assert (strict.result.placed_weight, loose.result.placed_weight) == (0, 5)
    assert len(strict.alternatives) == 2
