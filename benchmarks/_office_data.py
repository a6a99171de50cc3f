"""A workspace of a large bureau for `benchmarks.office`, and the addresses to visit in it.

Everything said in it is synthetic and says so; firms are those of the registry that is given.
"""

from __future__ import annotations

import hashlib
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import _office_parks, _office_projects
from liandong.examples import xuchang
from liandong.reference import all_divisions
from liandong.workspace import Workspace, store

PASSWORD = "Synthetic-Bench-7"
MARK = "合成数据"
"""In every synthetic text: synthetic data."""
BY = "synthetic"
AUDITORS = 2
"""How many of the users read the audit log, which nobody else may."""
USERS = 30
A_PAGE = 100
"""Facts of a page."""
EXAMPLES = 40
"""Examples of an address."""
CHAINS = 1
"""Chains looked at: a list is ranked at its first visit, which takes its time with millions of firms."""
YEARS = range(2015, 2025)
SECTORS = (
    "电力装备",
    "汽车零部件",
    "再生金属",
    "超硬材料",
    "烟草",
    "食品",
    "纺织",
    "建材",
    "医药",
    "电子信息",
)
MEASURES = (
    "产值",
    "增加值",
    "营业收入",
    "固定资产投资",
    "研发投入",
    "出口额",
    "从业人数",
    "规上企业数",
    "利润",
    "税收",
)
INDICATORS = tuple(sector + measure for sector in SECTORS for measure in MEASURES)
KINDS = (
    ("indicator",) * 85 + ("project",) * 6 + ("recognition",) * 4 + ("carrier",) * 3 + ("cooperation",) * 2
)
VERDICTS = ("accepted",) * 6 + ("",) * 3 + ("rejected",)


def name_of(number: int) -> str:
    """The account of a user."""
    return f"user{number:02d}"


def build(
    folder: Path,
    registry: Path | None,
    *,
    firms: int,
    facts: int,
    projects: int = 0,
    parks: tuple[int, int] = (0, 0),
    events: tuple[int, int] = (0, 0),
) -> dict[str, int]:
    """Make the workspace; returns how much is in it. registry: the example's firms if none is given.

    parks: how many, and how many parcels; events: how many, and how many participants each.
    """
    workspace = Workspace.create(folder, plan=xuchang.PLAN)
    if registry is None:
        workspace.import_firms([xuchang.FIRMS], notes=("listed_firms_only",))
    else:
        (folder / "registry").symlink_to(registry.resolve())
    workspace.add([xuchang.PAGE])
    from liandong.workspace import models

    chance = random.Random(8)
    _accounts()
    _library(facts, chance)
    _firms(workspace, firms, chance)
    _office_projects.build(projects, chance)
    _office_parks.build(*parks, *events, chance)
    counted = {
        "registry": workspace.registry.snapshot.rows,
        "followed": models.FollowedFirm.objects.count(),
        "facts": models.FactRecord.objects.count(),
        "pages": models.PageRecord.objects.count(),
        "reviews": models.Review.objects.count(),
        "notes": models.FirmNote.objects.count(),
        "decisions": models.TargetDecision.objects.count(),
        "projects": models.ProjectRecord.objects.count(),
        "activities": models.Activity.objects.count(),
        "parcels": models.ParcelRecord.objects.count(),
        "invitees": models.Invitee.objects.count(),
    }
    store.close_store()
    return counted


def _accounts() -> None:
    from liandong.workspace import accounts
    from liandong.workspace.models import Account
    from liandong.workspace.policies import Role

    first = accounts.create(name_of(0), PASSWORD, Role.ADMINISTRATOR, unit=MARK, temporary=False)
    for number in range(1, USERS):
        role = Role.AUDITOR if number > USERS - 1 - AUDITORS else Role.ADMINISTRATOR
        Account.objects.create(
            username=name_of(number),
            role=role.value,
            unit=MARK,
            password=first.password,
            password_changed=first.password_changed,
        )


def _library(facts: int, chance: random.Random) -> None:
    """Yearly reports of many cities, a twentieth of them of the workspace's own."""
    from django.utils import timezone

    from liandong.workspace import grams, library
    from liandong.workspace.models import FactRecord, PageRecord, Review

    cities = [each.name for each in all_divisions() if each.level == "prefecture"]
    for number in range(-(-facts // A_PAGE)):
        city = "许昌" if number % 20 == 0 else cities[number // len(YEARS) % len(cities)]
        page, stated = _report(number, city, YEARS[number % len(YEARS)], chance)
        PageRecord.objects.bulk_create([page])
        FactRecord.objects.bulk_create(stated)
        grams.add(grams.PAGES, [(page.sha256, f"{page.title} {page.raw}")])
        library.index_facts(stated)
        Review.objects.bulk_create(
            Review(fact=each, verdict=each.verdict, by=BY, at=timezone.now())
            for each in stated
            if each.verdict
        )


def _report(number: int, city: str, year: int, chance: random.Random) -> tuple[Any, list[Any]]:
    from django.utils import timezone

    from liandong.workspace.models import FactRecord, PageRecord

    title = f"{city}{year}年统计公报({MARK}{number:05d})"
    text, facts, now = title + "\n", [], timezone.now()
    page = PageRecord(
        sha256=hashlib.sha256(title.encode()).hexdigest(), encoding="utf-8", origin=BY, title=title,
        published=f"{year + 1}-03-01", source=MARK, region=city, by=BY, raw="", body=[],
    )  # fmt: skip
    for place in range(A_PAGE):
        indicator = INDICATORS[place % len(INDICATORS)]
        amount = int(hashlib.sha256(f"{city}{year}{indicator}".encode()).hexdigest()[:4], 16) / 100
        if chance.random() < 0.01:  # now and then two reports disagree
            amount += 1
        start, value = len(text), f"{amount:.2f}亿元"
        quote = f"{MARK}:{year}年,{city}{indicator}完成{value},比上年增长{place % 13}%。"
        at = start + quote.index(value)
        text += quote + "\n"
        facts.append(
            FactRecord(
                id=hashlib.sha256(f"{number} {place}".encode()).hexdigest()[:16], page=page,
                kind=chance.choice(KINDS), subject=city, indicator=indicator, value=f"{amount * 1e8:.0f}",
                unit="元", value_text=value, period=str(year), region=city, modality="actual", quote=quote,
                start=start, end=start + len(quote), value_start=at, value_end=at + len(value), origin=BY,
                basis={"subject": {"how": "stated", "start": start, "end": at}},
                verdict=(verdict := chance.choice(VERDICTS)), reviewed=now if verdict else None,
            )
        )  # fmt: skip
    page.raw, page.body = text, [[len(title) + 1, len(text)]]
    return page, facts


def _firms(workspace: Workspace, most: int, chance: random.Random) -> None:
    """Follow firms from all over the registry; tag, note, judge, assign some of them."""
    from liandong.workspace import firm_rows
    from liandong.workspace.models import (
        Account,
        FirmNote,
        FirmTag,
        FollowedFirm,
        Judgement,
        TargetDecision,
    )

    snapshot = workspace.registry.snapshot
    step = max(1, snapshot.rows // most)
    numbered = "(SELECT *, row_number() OVER () AS n FROM firms)"
    sql = f"SELECT {firm_rows.COLUMNS} FROM {numbered} WHERE n % {step} = 0"
    rows = workspace.registry.query(f"{sql} LIMIT {most}").to_pylist()
    plain = [{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows]
    kept = ("firm_id", "name", "uscc", "prefecture", "industry")
    followed = [
        FollowedFirm(**{name: row[name] for name in kept}, snapshot=snapshot.id, record=row, by=BY)
        for row in plain
    ]
    FollowedFirm.objects.bulk_create(followed, batch_size=2000)
    tagged = chance.sample(followed, len(followed) // 20)
    FirmTag.objects.bulk_create(FirmTag(firm=f, name=f"{MARK}{i % 20}", by=BY) for i, f in enumerate(tagged))
    FirmNote.objects.bulk_create(
        FirmNote(firm=each, text=f"{MARK}:电话联系第{n}次", on=date(2025, 1, 1) + timedelta(n), by=BY)
        for each in chance.sample(followed, len(followed) // 10)
        for n in range(3)
    )
    pairs = zip(tagged[::2], tagged[1::2], strict=False)
    Judgement.objects.bulk_create(
        Judgement(left=a.pk, right=b.pk, verdict=chance.choice(("same", "different", "unsure")), by=BY)
        for a, b in list(pairs)[:1000]
    )
    people = list(Account.objects.filter(role="administrator"))
    chains = workspace.plan.chains
    TargetDecision.objects.bulk_create(
        TargetDecision(
            firm=each,
            chain=(chain := chance.choice(chains)).name,
            node=chance.choice(chain.nodes).name,
            status="assigned",
            officer=chance.choice(people),
            unit=MARK,
            by=BY,
        )
        for each in chance.sample(followed, len(followed) // 50)
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page: the permission it needs, examples of its address."""

    permission: str
    paths: tuple[str, ...]


LEFT_OUT = ("library:original", "chains:export", "evidence:figure", "jobs:badge", "events:handbook")
"""Downloads, and what is part of another page."""
ASKED = {
    "library:index": ("?q=烟草产值", "?state=open", "?sort=title", "?page=7"),
    "library:facts": ("?q=许昌+研发", "?kind=project", "?verdict=open", "?sort=subject", "?page=90"),
    "library:statements": ("?page=30",),
    "firms:index": ("?q=瑞泰", "?q=机械", "?region=长三角", "?region=许昌&industry=38", "?tag=合成数据3",
                    "?sort=-capital", "?page=40"),
    "cockpit:search": ("?q=瑞泰", "?q=烟草产值", "?q=电力装备"),
    "audit:index": ("?by=cli",),
    "projects:index": ("?stage=negotiating&sort=name", "?q=项目99", "?status=stalled&page=3"),
    "projects:board": ("?chain=电力装备",),
    "projects:overdue": ("?what=promises", "?what=tasks", "?what=quiet&page=2"),
    "projects:amounts": ("?measure=总投资&page=20",),
}  # fmt: skip
"""Lists with words, filters, an order, a later page: each is measured by itself."""


def addresses(folder: Path) -> dict[str, Page]:
    """Every page of the office that is only looked at, by name, with examples of its address."""
    Workspace(folder)
    from django.urls import URLPattern, URLResolver, get_resolver, reverse

    from liandong.office.shell.access import PUBLIC

    pools = _pools()

    def walk(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from walk(each, (*spaces, each.namespace) if each.namespace else spaces)
            elif spaces and spaces[0] != "api":
                yield ":".join([*spaces, each.name or ""]), each

    found: dict[str, Page] = {}
    for name, pattern in walk(get_resolver()):
        view: Any = pattern.callback
        if name in LEFT_OUT or view.permission == PUBLIC or "GET" not in view.methods:
            continue
        parts = tuple(pattern.pattern.converters)
        if not parts:
            found[name] = Page(view.permission, (reverse(name),))
        else:
            pool = pools.get((name, parts)) or pools.get(("", parts)) or ()
            paths = tuple(reverse(name, kwargs=dict(zip(parts, each, strict=True))) for each in pool)
            if paths:
                found[name] = Page(view.permission, paths)
        for asked in ASKED.get(name, ()):
            found[f"{name} {asked}"] = Page(view.permission, (reverse(name) + asked,))
    return found


def with_targets(kinds: dict[str, Page], ask: Callable[[str], str]) -> dict[str, Page]:
    """The same with the pages of the firms that the ranked lists show. ask: the text of a page."""
    lists = kinds["targets:chain"].paths
    for path in lists:  # a list is computed in the background: ask until it is there
        while 'hx-trigger="load delay:2s"' in ask(path):
            time.sleep(1)
    found = [link for path in lists for link in re.findall(rf'href="({re.escape(path)}[^/"]+/)"', ask(path))]
    firms = tuple(dict.fromkeys(each for each in found if not each.endswith("/weights/")))[:EXAMPLES]
    return kinds | ({"targets:target": Page("targets.view", firms)} if firms else {})


def _pools() -> dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]]:
    """Examples of what stands in addresses: (name of the page or "", its parts) → values."""
    from liandong.workspace import current
    from liandong.workspace.models import (
        Account,
        AuditEntry,
        EventRecord,
        FactRecord,
        FollowedFirm,
        Invitee,
        Job,
        PageRecord,
        ParcelRecord,
        ParkRecord,
        ProjectRecord,
        ScheduleRun,
    )

    def some(model: Any) -> list[tuple[Any, ...]]:
        keys = list(model.objects.order_by("pk").values_list("pk")[:5000])
        return keys[:: max(1, len(keys) // EXAMPLES)]

    plan = current.plan()
    chains = [each.name for each in plan.chains][:CHAINS] if plan else []
    regions = PageRecord.objects.exclude(region=None).values_list("region", flat=True).distinct()[:EXAMPLES]
    return {
        ("", ("chain",)): [(each,) for each in chains],
        ("", ("firm_id",)): some(FollowedFirm),
        ("", ("sha256",)): some(PageRecord),
        ("", ("fact",)): some(FactRecord),
        ("", ("region",)): [(each,) for each in regions],
        ("", ("seq",)): some(AuditEntry),
        ("accounts:account", ("pk",)): some(Account),
        ("jobs:job", ("pk",)): some(Job),
        **{
            (f"projects:{name}", ("pk",)): some(ProjectRecord)
            for name in ("project", "edit", "diligence", "review", "promises", "add_promise")
        },
        **{(f"parks:{name}", ("pk",)): some(ParkRecord) for name in ("park", "edit_park")},
        **{(f"parks:{name}", ("pk",)): some(ParcelRecord) for name in ("parcel", "edit_parcel")},
        **{(f"parks:{name}", ("pk",)): some(ProjectRecord) for name in ("project", "needs")},
        ("assessment:project", ("pk",)): some(ProjectRecord),
        ("events:agenda", ("pk",)): some(Invitee),
        **{
            (f"events:{name}", ("pk",)): some(EventRecord)
            for name in (
                "event",
                "invitees",
                "wishes",
                "suggestions",
                "schedule",
                "check_in",
                "signing",
                "follow_up",
            )
        },
        ("events:version", ("pk", "number")): [(pk, 1) for (pk,) in some(EventRecord)],
        ("events:run", ("pk", "run")): list(ScheduleRun.objects.values_list("event", "pk")[:EXAMPLES]),
    }


def allowed(kinds: dict[str, Page], number: int) -> dict[str, tuple[str, ...]]:
    """What a user may open."""
    from liandong.workspace import policies
    from liandong.workspace.models import Account

    person = Account.objects.get(username=name_of(number))
    return {name: each.paths for name, each in kinds.items() if policies.may(person, each.permission)}
