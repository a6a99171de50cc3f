"""What the office is made of, in the order of the navigation.

A subject is a package beside this module. To add one: write `office/<name>/urls.py` (`urlpatterns`, names as
`<name>:<page>`) and, if it has REST operations, `office/<name>/api.py` (`router`); give it a policy in
`workspace.policies`; add a line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from liandong.errors import Text


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its package, its word in the navigation, its place in the address.

    entry: name of the page that the navigation opens; None for subjects that are reached from elsewhere.
    """

    name: str
    label: Text
    prefix: str
    entry: str | None = "index"

    @property
    def permission(self) -> str:
        """What one needs to see it at all."""
        return f"{self.name}.view"

    def module(self, part: str) -> ModuleType | None:
        """A module of its package, None if it has none of that name."""
        name = f"liandong.office.{self.name}.{part}"
        return import_module(name) if find_spec(name) else None


SUBJECTS = (
    Subject("cockpit", Text("驾驶舱", "Cockpit"), ""),
    Subject("library", Text("资料", "Library"), "library/"),
    Subject("city", Text("城市", "City"), "city/"),
    Subject("chains", Text("产业链", "Chains"), "chains/"),
    Subject("firms", Text("企业", "Firms"), "firms/"),
    Subject("targets", Text("靶向", "Targets"), "targets/"),
    Subject("leads", Text("线索", "Leads"), "leads/"),
    Subject("projects", Text("项目", "Projects"), "projects/"),
    Subject("parks", Text("园区", "Parks"), "parks/"),
    Subject("events", Text("活动", "Events"), "events/"),
    Subject("programmes", Text("政策", "Programmes"), "programmes/"),
    Subject("assessment", Text("考核", "Assessment"), "assessment/"),
    Subject("jobs", Text("后台任务", "Jobs"), "jobs/", None),
    Subject("accounts", Text("账号", "Accounts"), "accounts/"),
    Subject("audit", Text("审计", "Audit"), "audit/"),
)
