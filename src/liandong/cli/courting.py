"""`targets`, `backtest`: whom to court and why, and how well such a list would have done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from liandong.charts import to_png, to_svg
from liandong.cli.output import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    language,
    new_table,
    parse_mapping,
    pick,
    print_json,
    results,
    say,
)
from liandong.errors import InputError, Text
from liandong.targets import ORIGINS, Target, Weights, adjust, dump_weights, load_weights
from liandong.targets.backtesting import Measured
from liandong.targets.candidates import USUAL
from liandong.targets.origins import map_of
from liandong.targets.workbook import write_workbook
from liandong.workspace import Workspace, store

store.setup()

from liandong.workspace import backtesting  # noqa: E402 - it needs the store's models

SourceOption = Annotated[str | None, typer.Option("--from", help="来源地 · source region, such as 长三角")]
WeightsOption = Annotated[
    Path | None, typer.Option("--weights", help="权重文件 · a weights file (TOML)", show_default=False)
]
WAYS = {
    "learnt": Text("学得的权重", "learnt weights"),
    "weights": Text("现用权重", "the weights in use"),
    "weights_without_need": Text("现用权重,不计本地稀缺", "in use, without scarcity"),
    "learnt_size_uncapped": Text("学得的权重,规模不设上限", "learnt, size not capped"),
    "random": Text("随机", "random"),
    "same_division": Text("本市同大类强弱", "same division"),
    "biggest": Text("注册资本最大", "biggest"),
    "oldest": Text("成立最早", "oldest"),
    "nearest": Text("距离最近", "nearest"),
}


def targets(
    chain: Annotated[
        str | None, typer.Option("--chain", "-c", help="产业链,不给则全部 · a chain; else all of them")
    ] = None,
    node: Annotated[str | None, typer.Option("--node", "-n", help="环节 · a node of the chain")] = None,
    source: SourceOption = None,
    top: Annotated[int, typer.Option("--top", "-k", min=1, help="多少家 · how many a chain")] = 20,
    weights: WeightsOption = None,
    points: Annotated[
        list[str] | None, typer.Option("--set", help="试改一项分值 · what if: NAME=POINTS (repeatable)")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="试去一项 · what if: leave a contribution out")
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", help="不列的企业:名称、代码或每行一家的文件 · firms left out, or a file"),
    ] = None,
    origin: Annotated[
        list[str] | None, typer.Option("--origin", help="source, province, tie, honour (repeatable)")
    ] = None,
    stability: Annotated[
        bool, typer.Option("--stability", help="权重扰动下名次是否稳定 · how firmly each stands")
    ] = False,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help=".xlsx, .svg, .png (repeatable)")
    ] = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """靶向企业:值得招引的企业和理由 · Firms to court, ranked, with reasons."""
    _check_outputs(output or ())
    opened = Workspace(workspace)
    chosen = _weights(weights, points or (), without or ())
    chains = [chain] if chain else [each.name for each in opened.plan.chains if each.nodes]
    lists = {
        name: opened.targets(
            name,
            node=node,
            source=source,
            top=top,
            weights=chosen,
            exclude=_excluded(exclude or ()),
            origins=_origins(origin),
            stability=stability,
        )
        for name in chains
    }
    for path in output or ():
        _write(path, lists, opened.plan.city)
    found = [target for each in lists.values() for target in each]
    if as_json:
        print_json([target.to_dict() for target in found])
        return
    for each in lists.values():
        show_targets(each)


def backtest(
    source: SourceOption = None,
    weights: WeightsOption = None,
    held_out: Annotated[
        int,
        typer.Option("--held-out", help="从这一年起只检验 · learn before this year, report from it"),
    ] = backtesting.HELD_OUT,
    learn: Annotated[
        Path | None, typer.Option("--learn", help="把学得的权重写到文件 · write the learnt weights to a file")
    ] = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """回测:过去的排名能否把后来真来的企业排在前面 · Would past rankings have found the firms that came?"""
    opened = Workspace(workspace)
    proof = backtesting.run(
        opened.plan, opened.registry, load_weights(weights), source=source, held_out=held_out
    )
    if learn is not None:
        learn.write_text(dump_weights(proof.learnt.weights), encoding="utf-8")
        say(Text(f"已写出:{learn}", f"Written: {learn}"))
    if as_json:
        print_json(proof.to_dict())
        return
    show_backtest(proof)


def show_backtest(proof: backtesting.Proof) -> None:
    """A row a way of ranking, and what the numbers rest on."""
    found = proof.found
    table = new_table(
        ("排法", "ranked by"),
        ("前 1% 提升", "lift at 1 %"),
        ("前 5% 提升", "lift at 5 %"),
        ("前 100 召回", "recall at 100"),
        ("AUC", "AUC"),
        title=pick("回测", "backtest"),
    )
    for way in found.performances:
        numbers = (way.lift_1, way.lift_5, way.recall, way.auc)
        table.add_row(WAYS[way.way](language()), *map(interval, numbers))
    results().print(table)
    spans = "、".join(f"{each.day.year}–{each.until.year - 1}" for each in found.windows)
    best = WAYS[found.best_factor]
    missing = "、".join(map(str, found.unobserved)) or "—"
    results().print(
        pick(
            f"检验年份 {spans}:{len(found.arrivals)} 起疑似生产性扩张,按可信度约 {found.expected:.0f} 起为真;"
            f"学习用 {proof.learnt.arrivals} 起。"
            f"前 1% 提升为最好单因素({best.zh})的 {interval(found.ratio)} 倍。无数据年份:{missing}。",
            f"Reported on {spans}: {len(found.arrivals)} likely expansions into production, some "
            f"{found.expected:.0f} true by confidence; {proof.learnt.arrivals} learnt from. Lift at 1 % "
            f"over the best single factor ({best.en}): {interval(found.ratio)}. Unobserved: {missing}.",
        )
    )


def interval(number: Measured) -> str:
    """1.34 (0.92–1.88)."""
    return f"{number.value:.2f} ({number.low:.2f}–{number.high:.2f})"


def show_targets(targets: Sequence[Target]) -> None:
    """Ranked firms with their two strongest reasons, and how firmly they stand where that was asked."""
    shaken = any(target.stability for target in targets)
    table = new_table(
        ("#", "#"),
        ("企业", "firm"),
        ("所在地", "place"),
        ("环节", "node"),
        ("得分", "score"),
        ("主要理由", "strongest reasons"),
        *([("稳定", "stable")] if shaken else []),
        title=targets[0].chain if targets else None,
    )
    for rank, target in enumerate(targets, 1):
        reasons = "; ".join(reason(language()) for reason in target.reasons(2))
        stable = target.stability
        row = [str(rank), target.firm.name, target.firm.place, target.node, f"{target.score:.1f}", reasons]
        if shaken:
            row.append(f"{stable.share:.0%} ({stable.low}–{stable.high})" if stable else "")
        table.add_row(*row)
    results().print(table)


def _weights(file: Path | None, points: Sequence[str], without: Sequence[str]) -> Weights:
    changed = {}
    for name, value in parse_mapping(list(points)).items():
        try:
            changed[name] = float(value)
        except ValueError:
            raise InputError(
                Text(f"“{value}”不是数字。", f'"{value}" is not a number.'), field=f"--set {name}"
            ) from None
    return adjust(load_weights(file), changed, without)


def _excluded(given: Sequence[str]) -> list[str]:
    """Names and ids, and those of files with one a line."""
    found: list[str] = []
    for each in given:
        path = Path(each)
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else [each]
        found += [line.strip() for line in lines if line.strip()]
    return found


def _origins(given: Sequence[str] | None) -> Sequence[str]:
    unknown = [each for each in given or () if each not in ORIGINS]
    if unknown:
        known = ", ".join(ORIGINS)
        raise InputError(
            Text(f"没有“{unknown[0]}”。可用:{known}。", f'no "{unknown[0]}"; there are {known}.'),
            field="--origin",
        )
    return given or USUAL


def _check_outputs(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.suffix.lower() not in (".xlsx", ".svg", ".png"):
            raise InputError(
                Text("只能写 .xlsx、.svg 或 .png。", "only .xlsx, .svg or .png can be written."),
                file=str(path),
            )


def _write(path: Path, lists: dict[str, list[Target]], city: str) -> None:
    if path.suffix.lower() == ".xlsx":
        write_workbook(lists, path, language())
    else:
        picture = map_of((target for each in lists.values() for target in each), city, language())
        if path.suffix.lower() == ".svg":
            path.write_text(to_svg(picture), encoding="utf-8")
        else:
            path.write_bytes(to_png(picture))
    say(Text(f"已写出:{path}", f"Written: {path}"))
