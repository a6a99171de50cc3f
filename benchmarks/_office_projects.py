"""Projects of a large bureau for `benchmarks.office`: synthetic, and every one of them says so."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

A_PROJECT = 20
"""Entries on the timeline of a project."""
BY = "synthetic"
MARK = "合成数据"
CHUNK = 1_000
PLACES = ("320500", "330100", "440300", "310000", "320200", "410100", "510100", "420100")


def build(number: int, chance: random.Random) -> None:
    """So many projects with their milestones, amounts, promises, tasks and timelines, over six years."""
    from django.utils import timezone

    from liandong.projects import STAGES, STEPS, Stage, Step, Type
    from liandong.workspace import current
    from liandong.workspace.models import Account, FollowedFirm, ProjectRecord

    plan = current.plan()
    chains = (
        [(chain.name, node.name) for chain in plan.chains for node in chain.nodes] if plan else [("", "")]
    )
    officers = list(Account.objects.filter(role="administrator"))
    firms = list(FollowedFirm.objects.values_list("firm_id", "name")[:number])
    today = timezone.localdate()
    kinds = list(Type)
    for start in range(0, number, CHUNK):
        made = []
        for at in range(start, min(start + CHUNK, number)):
            firm_id, party = firms[at % len(firms)] if firms else ("", f"{MARK}企业{at}")
            chain, node = chance.choice(chains)
            stage = STAGES[min(int(chance.expovariate(0.45)), len(STAGES) - 1)]
            created = today - timedelta(days=chance.randrange(6 * 365))
            moved = min(today, created + timedelta(days=chance.randrange(400)))
            made.append(
                ProjectRecord(
                    name=f"{MARK}项目{at}", kind=chance.choice(kinds).value, stage=stage.value,
                    status=chance.choice(("active",) * 8 + ("stalled", "withdrawn")), party=party,
                    folded=party[:200], firm_id=firm_id, chain=chain, node=node, industries=["3821"],
                    products=[f"产品{at % 97}"], origin=chance.choice(PLACES), region="411000", unit=MARK,
                    officer=chance.choice(officers), synthetic=True, since=created, moved=moved,
                    created=created, next_due=today + timedelta(days=chance.randrange(-90, 300)),
                    signed=moved if stage.reaches(Stage.SIGNED) else None, by=BY,
                )
            )  # fmt: skip
        _beneath(ProjectRecord.objects.bulk_create(made), STEPS, Step, today, chance)


def _beneath(made: list[Any], steps: Any, step_of: Any, today: date, chance: random.Random) -> None:
    """What stands beneath projects."""
    from liandong.projects import Stage, Type
    from liandong.workspace import models

    milestones, amounts, promises, tasks, entries, passages = [], [], [], [], [], []
    for project in made:
        for step in steps[Type(project.kind)]:
            done = project.moved if chance.random() < 0.3 else None
            if step is step_of.CONTRACT:
                done = project.signed
            due = today + timedelta(days=chance.randrange(-90, 300))
            milestones.append(
                models.MilestoneRecord(
                    project=project, step=step.value, due=due, done=done, voucher=MARK if done else ""
                )
            )
        for measure, standing in (
            ("总投资", "claimed"),
            ("固定资产投资", "contracted"),
            ("jobs", "reported"),
        ):
            money = measure != "jobs"
            amounts.append(
                models.AmountRecord(
                    project=project, measure=measure, standing=standing, value=chance.randrange(1, 50_000),
                    unit="元" if money else "人", currency="CNY" if money else "", source=MARK, by=BY,
                )
            )  # fmt: skip
        for side in ("government", "firm"):
            promises.append(
                models.PromiseRecord(
                    project=project, side=side, kind="service", what=f"{MARK}承诺", office=MARK, by=BY,
                    due=today + timedelta(days=chance.randrange(-90, 300)),
                )
            )  # fmt: skip
        tasks.append(
            models.Task(
                project=project, kind="task", text=f"{MARK}任务", owner=project.officer, by=BY,
                due=today + timedelta(days=chance.randrange(-30, 60)),
            )
        )  # fmt: skip
        for number in range(A_PROJECT):
            on = min(today, project.created + timedelta(days=number * 7))
            entries.append(
                models.Activity(project=project, kind="note", text=f"{MARK}:第{number}次联系", on=on, by=BY)
            )
        stage = Stage(project.stage)
        for each in Stage:
            if stage.reaches(each):
                passages.append(
                    models.StagePassage(project=project, stage=each.value, on=project.created, by=BY)
                )
    for model, rows in (
        (models.MilestoneRecord, milestones), (models.AmountRecord, amounts),
        (models.PromiseRecord, promises), (models.Task, tasks), (models.Activity, entries),
        (models.StagePassage, passages),
    ):  # fmt: skip
        model.objects.bulk_create(rows, batch_size=2_000)
