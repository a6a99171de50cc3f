"""Who may do what: a policy for each subject, as an object that says why.

    account ── role ──▶ policy of the subject ──▶ allows("change")?  visible(records)?

A permission is written `subject.action` (`library.change`). Pages, REST operations and tokens name one each;
nothing in the office is reachable without. To add a subject, add its policy to `POLICIES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from liandong.errors import Text


class Role(StrEnum):
    """One role an account. The three administrators of 等保 are apart: none of them does two of the jobs."""

    ADMINISTRATOR = "administrator"
    SYSTEM = "system"
    SECURITY = "security"
    AUDITOR = "auditor"
    LEADER = "leader"
    OFFICER = "officer"
    OFFICER_ALL = "officer_all"
    DISTRICT = "district"
    TASKFORCE = "taskforce"
    OUTPOST = "outpost"
    PARK = "park"
    DEPARTMENT = "department"
    AGENT = "agent"
    VIEWER = "viewer"


ROLE_NAMES: Mapping[Role, Text] = {
    Role.ADMINISTRATOR: Text("管理员", "administrator"),
    Role.SYSTEM: Text("系统管理员", "system administrator"),
    Role.SECURITY: Text("安全管理员", "security administrator"),
    Role.AUDITOR: Text("审计管理员", "auditor"),
    Role.LEADER: Text("领导", "leader"),
    Role.OFFICER: Text("招商员(本单位)", "officer (own unit)"),
    Role.OFFICER_ALL: Text("招商员(全部)", "officer (all units)"),
    Role.DISTRICT: Text("县区招商员", "district officer"),
    Role.TASKFORCE: Text("产业链专班", "chain task force"),
    Role.OUTPOST: Text("驻外联络处", "outpost"),
    Role.PARK: Text("园区管理员", "park manager"),
    Role.DEPARTMENT: Text("部门", "department"),
    Role.AGENT: Text("帮办代办", "agent"),
    Role.VIEWER: Text("只读", "viewer"),
}


class Person(Protocol):
    """What a policy needs to know of an account."""

    @property
    def role(self) -> str:
        """One of `Role`."""

    @property
    def unit(self) -> str:
        """The unit the account belongs to; empty for none."""


R = Role
NOBODY: frozenset[Role] = frozenset()
EVERYBODY = frozenset(Role)
TRIO = frozenset({R.SYSTEM, R.SECURITY, R.AUDITOR})
WORKING = EVERYBODY - TRIO
READING = WORKING
OFFICERS = frozenset({R.ADMINISTRATOR, R.OFFICER, R.OFFICER_ALL, R.DISTRICT, R.TASKFORCE, R.OUTPOST})
LEADING = OFFICERS | {R.LEADER}
PARK_KEEPERS = frozenset({R.ADMINISTRATOR, R.OFFICER_ALL, R.DISTRICT, R.PARK})
ACROSS_UNITS = frozenset({R.ADMINISTRATOR, R.LEADER, R.OFFICER_ALL, R.AUDITOR, R.VIEWER})


@dataclass(frozen=True, slots=True)
class Policy:
    """What each role may do with a subject. grants: action → roles; an action that is not named is nobody's.

    by_unit: across units only that something exists may be seen; `visible` leaves the rest out.
    """

    name: Text
    grants: Mapping[str, frozenset[Role]]
    by_unit: bool = False
    why: str = field(default="", compare=False)

    def allows(self, person: Person, action: str) -> bool:
        """Whether the person may do it at all."""
        return Role(person.role) in self.grants.get(action, NOBODY)

    def sees(self, person: Person, unit: str) -> bool:
        """Whether the content of a unit is open to the person."""
        return not self.by_unit or Role(person.role) in ACROSS_UNITS or (bool(unit) and unit == person.unit)

    def visible(self, person: Person, records: Any) -> Any:
        """The records (a queryset with a column `unit`) whose content the person may see."""
        if not self.by_unit or Role(person.role) in ACROSS_UNITS:
            return records
        return records.filter(unit=person.unit).exclude(unit="")


POLICIES: dict[str, Policy] = {
    "cockpit": Policy(Text("驾驶舱", "cockpit"), {"view": WORKING}),
    "library": Policy(
        Text("资料", "library"),
        {"view": READING, "change": OFFICERS, "export": LEADING},
        why="What pages state is public; who works with it may judge it, and reviews say who did.",
    ),
    "city": Policy(Text("城市", "city"), {"view": READING, "export": LEADING}),
    "chains": Policy(
        Text("产业链", "chains"),
        {
            "view": READING,
            "change": frozenset({R.ADMINISTRATOR, R.TASKFORCE, R.OFFICER_ALL}),
            "export": LEADING,
        },
        why="The plan is the city's scheme: the task force and the bureau write it, everybody reads it.",
    ),
    "firms": Policy(
        Text("企业", "firms"),
        {
            "view": READING,
            "change": OFFICERS,
            "export": LEADING,
            "import": frozenset({R.ADMINISTRATOR, R.OFFICER_ALL, R.SYSTEM}),
        },
        why="An import changes every count of the office, so few may do it; anybody who works may tag.",
    ),
    "targets": Policy(
        Text("靶向", "targets"),
        {"view": LEADING | {R.VIEWER}, "change": OFFICERS | {R.LEADER}, "export": LEADING},
        by_unit=True,
        why="Whom a unit courts is its own affair; others see that somebody does, not who or why.",
    ),
    "leads": Policy(
        Text("线索", "leads"),
        {
            "view": LEADING | {R.VIEWER},
            "change": OFFICERS,
            "rule": frozenset({R.ADMINISTRATOR, R.LEADER}),
            "export": LEADING,
        },
        by_unit=True,
        why="A unit works its own leads; a dispute over a firm is ruled by who leads both units.",
    ),
    "projects": Policy(
        Text("项目", "projects"),
        {
            "view": WORKING,
            "change": OFFICERS | {R.PARK, R.AGENT},
            "note": WORKING - {R.VIEWER},
            "review": frozenset({R.ADMINISTRATOR, R.OFFICER_ALL, R.DEPARTMENT}),
            "waive": frozenset({R.ADMINISTRATOR, R.LEADER}),
            "instruct": frozenset({R.ADMINISTRATOR, R.LEADER}),
            "import": frozenset({R.ADMINISTRATOR, R.OFFICER_ALL}),
            "export": LEADING,
        },
        by_unit=True,
        why="A project is its unit's, and of those who are asked about it; who brings it does not vote, "
        "and only a leader lets it pass a gate without what the gate asks for.",
    ),
    "parks": Policy(
        Text("园区", "parks"),
        {
            "view": READING,
            "change": PARK_KEEPERS,
            "import": PARK_KEEPERS,
            "site": OFFICERS,
            "export": LEADING | {R.PARK},
        },
        why="Parks keep their own parcels; who courts a project places it, and admission decides where.",
    ),
    "events": Policy(
        Text("活动", "events"),
        {
            "view": READING,
            "change": OFFICERS,
            "day": OFFICERS | {R.AGENT, R.PARK},
            "sign": OFFICERS | {R.LEADER},
            "export": LEADING,
        },
        why="Whoever helps on the day checks people in; only who courts plans and publishes.",
    ),
    "assessment": Policy(
        Text("考核", "assessment"),
        {
            "view": LEADING | {R.VIEWER, R.PARK, R.DEPARTMENT},
            "change": frozenset({R.ADMINISTRATOR, R.LEADER, R.OFFICER_ALL}),
            "export": LEADING,
        },
        why="Whoever is judged may see by what; who sets the measure does not count under it alone.",
    ),
    "programmes": Policy(
        Text("政策", "programmes"),
        {
            "view": READING,
            "change": frozenset({R.ADMINISTRATOR, R.OFFICER_ALL, R.DEPARTMENT}),
            "export": LEADING,
        },
        why="Departments keep their own programmes; who courts only tells what is in effect.",
    ),
    "jobs": Policy(
        Text("后台任务", "jobs"),
        {"view": EVERYBODY - {R.AUDITOR, R.SECURITY}, "change": OFFICERS | {R.SYSTEM}},
    ),
    "accounts": Policy(
        Text("账号", "accounts"),
        {
            "view": frozenset({R.ADMINISTRATOR, R.SECURITY}),
            "change": frozenset({R.ADMINISTRATOR, R.SECURITY}),
        },
        why="Only the security administrator grants roles (in a small office: the administrator).",
    ),
    "audit": Policy(
        Text("审计日志", "audit log"),
        {"view": frozenset({R.AUDITOR}), "export": frozenset({R.AUDITOR})},
        why="Whoever grants rights does not judge the traces; nobody can erase them.",
    ),
    "me": Policy(Text("我的账号", "my account"), {"view": EVERYBODY, "change": EVERYBODY}),
    "tokens": Policy(
        Text("访问令牌", "access tokens"),
        {"view": EVERYBODY - {R.AUDITOR}, "change": EVERYBODY - {R.AUDITOR}},
        why="A token can never do more than its owner.",
    ),
}


def policy(subject: str) -> Policy:
    """The policy of a subject. Raises KeyError for a subject that has none."""
    return POLICIES[subject]


def split(permission: str) -> tuple[str, str]:
    """`library.change` → its subject and action. Raises KeyError if the policy does not know the action."""
    subject, _, action = permission.partition(".")
    if action not in POLICIES[subject].grants:
        raise KeyError(permission)
    return subject, action


def may(person: Person, permission: str) -> bool:
    """Whether a person has a permission."""
    subject, action = split(permission)
    return POLICIES[subject].allows(person, action)


def permissions() -> tuple[str, ...]:
    """All permissions there are, as `subject.action`."""
    return tuple(f"{name}.{action}" for name, each in POLICIES.items() for action in each.grants)


def granted(person: Person, among: Iterable[str] | None = None) -> tuple[str, ...]:
    """The permissions that a person has."""
    return tuple(each for each in (among or permissions()) if may(person, each))
