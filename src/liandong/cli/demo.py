"""`demo`: the whole job on the shipped example, step by step, with its real numbers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from liandong.cli.courting import show_targets
from liandong.cli.library import fact_table
from liandong.cli.output import LangOption, language, pick, progress, results
from liandong.cli.work import SIGNS, STATUSES, advice_words
from liandong.errors import Text
from liandong.examples import xuchang
from liandong.plan import Diagnosis
from liandong.workspace import About, Workspace
from liandong.workspace.configuration import is_workspace
from liandong.workspace.library import accepted

FOLDER = Path("liandong-demo")
SOURCE = "长三角"
TOP = 10


def demo(
    folder: Annotated[Path, typer.Argument(help="示例工作区 · folder of the example workspace")] = FOLDER,
    lang: LangOption = None,
) -> None:
    """用自带的许昌示例走完全程 · Do the whole job on the shipped Xuchang example."""
    started = perf_counter()
    workspace = _workspace(folder)
    _read(workspace, folder)
    _import(workspace, folder)
    diagnoses = _diagnose(workspace)
    _targets(workspace, diagnoses)
    _brief(workspace, folder)
    _accept(workspace)
    seconds = perf_counter() - started
    _print(
        Text(
            f"\n完成,用时 {seconds:.1f} 秒。接着试试:\n"
            f"  liandong serve -w {folder}  (办公网页;需要 pip install 'liandong\\[office]')\n"
            f"  liandong targets --chain 电力装备 --from {SOURCE} -w {folder}\n"
            f"  liandong plan check -w {folder}\n"
            f"  liandong facts {folder / xuchang.PAGE.name} --html facts.html",
            f"\nDone in {seconds:.1f} s. Now try:\n"
            f"  liandong serve -w {folder}  (the office; needs pip install 'liandong\\[office]')\n"
            f"  liandong targets --chain 电力装备 --from {SOURCE} -w {folder} --lang en\n"
            f"  liandong plan check -w {folder} --lang en\n"
            f"  liandong facts {folder / xuchang.PAGE.name} --html facts.html --lang en",
        )
    )


def _workspace(folder: Path) -> Workspace:
    """The example's workspace; a second run goes on with the files that are there, edited or not."""
    if is_workspace(folder):
        workspace = Workspace(folder)
        workspace.load_plan(folder / xuchang.PLAN.name)
        return workspace
    xuchang.copy_to(folder)
    return Workspace.create(folder, plan=folder / xuchang.PLAN.name)


def _read(workspace: Workspace, folder: Path) -> None:
    _step("页面 → 事实", "page → facts")
    (added,) = workspace.add([folder / xuchang.PAGE.name])
    page, facts = added.page, added.facts
    kinds = Counter(fact.kind.value for fact in facts)
    kept = sum(span.end - span.start for span in page.body)
    _print(
        Text(
            f"《{page.title}》{page.published}:正文 {kept} 字(全文 {len(page.raw)} 字),"
            f"{len(facts)} 条事实,条条指向原句",
            f"{page.title}, {page.published}: body {kept} of {len(page.raw)} characters, "
            f"{len(facts)} facts, each pointing at its sentence",
        )
    )
    _print(Text(*[", ".join(f"{kind} {number}" for kind, number in kinds.most_common())] * 2))
    results().print(fact_table([fact for fact in facts if fact.value is not None]))


def _import(workspace: Workspace, folder: Path) -> None:
    _step("企业表 → 登记库", "firm table → registry")
    with progress(Text("导入企业", "importing firms")) as advance:
        report = workspace.import_firms(
            [folder / xuchang.FIRMS.name], notes=("listed_firms_only",), progress=advance
        )
    snapshot = workspace.registry.snapshot
    _print(
        Text(
            f"{snapshot.rows} 家企业(快照 {snapshot.id});退回 {report.rejected} 行。"
            "仅上市公司:份额不是占全部企业的份额。",
            f"{snapshot.rows} firms (snapshot {snapshot.id}); {report.rejected} rows rejected. "
            "Listed firms only: shares are not of all firms.",
        )
    )


def _diagnose(workspace: Workspace) -> list[Diagnosis]:
    _step("产业链诊断", "diagnosis of the chains")
    diagnoses = workspace.diagnoses()
    for diagnosis in diagnoses:
        parts = []
        for node in diagnosis.nodes:
            status = pick(STATUSES[node.status], node.status)
            parts.append(f"{node.node} {SIGNS[node.status]}{status} {advice_words(node)}".rstrip())
        results().print(f"{diagnosis.chain}: {' | '.join(parts)}")
    return diagnoses


def _targets(workspace: Workspace, diagnoses: list[Diagnosis]) -> None:
    chain = diagnoses[0].chain
    _step(f"靶向企业:{chain},来源 {SOURCE}", f"targets: {chain} from {SOURCE}")
    show_targets(workspace.targets(chain, source=SOURCE, top=TOP))


def _brief(workspace: Workspace, folder: Path) -> None:
    _step("简报", "brief")
    for path in workspace.brief(
        "city", directory=folder / "briefs", language=language(), about=About(source=SOURCE)
    ):
        results().print(f"  {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


def _accept(workspace: Workspace) -> None:
    """Facts accepted without anybody's eyes on them, and marked so, that the office's pages have content."""
    known = accepted()
    facts = [fact for fact in workspace.facts() if fact.id not in known]
    for fact in facts:
        workspace.review(fact.id, "accepted", by="demo", note="示例:未经人工核对 · example: not reviewed")
    _step("办公网页", "office")
    _print(
        Text(
            f"{len(facts)} 条事实已作示例采信(注明未经人工核对)。",
            f"{len(facts)} facts accepted as an example (marked as not reviewed by a person).",
        )
    )


def _step(zh: str, en: str) -> None:
    results().print(f"\n── {pick(zh, en)} ──", style="bold")


def _print(text: Text) -> None:
    results().print(text(language()))
