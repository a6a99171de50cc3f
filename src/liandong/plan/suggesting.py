"""A draft of a chain: nodes and supplies proposed from product words, local firms and the input–output table.

    words ──▶ classes whose firms speak of them ──▶ core nodes (midstream)
    core ──▶ sectors that deliver most to it, sectors that it delivers most to ──▶ their classes
    classes ──▶ ranked by how often firms of both are found in the same cities ──▶ up- and downstream nodes

Everything in a draft is the planner's to judge: each node says in `assigned` what it was proposed from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from liandong.economy import proximity
from liandong.errors import InputError, Text
from liandong.plan.counting import Counter, FirmCounts, whole
from liandong.plan.measuring import Measures, national
from liandong.plan.model import Assigned, Chain, Edge, Node, Origin, Stage, TierKey
from liandong.reference import find_industry, industry, members, sector, sector_classes, sector_of
from liandong.registry import classify

MOST_CORE, MOST_SECTORS, MOST_CLASSES = 5, 5, 2
"""Core nodes; sectors on either side; classes of a sector."""
LEAST_FIRMS = 3
"""A class needs so many firms that speak of the words before they say something of it."""
LEAST_SHARE, LEAST_SHARE_ELSEWHERE = 0.05, 0.2
"""Share of a class that must speak of a word; more where the word itself is of another division."""
LEAST_COEFFICIENT = 0.02
"""Yuan of the supplier in a yuan of the user: below it a delivery is noise."""
GOODS = tuple(f"{division:02d}" for division in range(6, 44))
"""Mining and manufacturing: what a chain of goods is made of."""
_PLAIN = re.compile(r"(?:的)?(?:制造|加工|开采|生产|冶炼|压延|业)+$")


@dataclass(frozen=True, slots=True)
class _Found:
    """A class proposed, with the reason and a weight to rank it by."""

    code: str
    why: str
    weight: float


def suggest(
    name: str,
    registry: FirmCounts,
    city: str,
    *,
    words: Sequence[str] = (),
    industries: Sequence[str] = (),
    tier: TierKey = TierKey.EMERGING,
    english: str | None = None,
) -> Chain:
    """A draft chain around product words, or around industries (GB/T 4754 codes), or both.

    registry, city: where the words are looked up and the nodes' neighbours are counted. Raises InputError if
    neither words nor industries lead to a class.
    """
    for code in industries:
        if find_industry(code) is None:
            raise InputError(
                Text(f"“{code}”不是 GB/T 4754-2017 行业代码。", f'"{code}" is no code of GB/T 4754-2017.'),
                field="industries",
            )
    counter = Counter(city, registry)
    core = _core(counter, words, industries)
    if not core:
        raise InputError(
            Text(
                "按这些产品词找不到行业。请换更具体的词,或用 --industry 给出行业代码。",
                "no industry is found by these words. Give more specific ones, or codes with --industry.",
            ),
            field="words",
        )
    codes = [found.code for found in core]
    nodes = [_node(found, Stage.MIDSTREAM, words, counter) for found in core]
    for stage in (Stage.UPSTREAM, Stage.DOWNSTREAM):
        nodes += [_node(found, stage, (), counter) for found in _around(counter, codes, stage)]
    return Chain(
        name,
        english or name,
        tier,
        tuple(_once(nodes)),
        tuple(_edges(_once(nodes))),
        origin=Origin(assigned=(Assigned("", "草案:由产品词、本地企业和投入产出表推出,须由人核定"),)),
    )


def _core(counter: Counter, words: Sequence[str], industries: Sequence[str]) -> list[_Found]:
    """Classes given, classes that a firm of the words would be put in, classes whose firms speak of them."""
    found = [_Found(code, "由规划者指定", np.inf) for code in industries]
    home = {code[:2] for code in industries}
    for word in words:
        candidates = classify([f"{word}制造有限公司"], [f"{word}的生产、制造"])[0]
        if candidates and len(candidates[0].code) == 4 and candidates[0].confidence >= 0.5:
            best = candidates[0]
            found.append(_Found(best.code, f"产品词“{word}”按行业分类归入", 1.0 + best.confidence))
            home.add(best.code[:2])
    for word in words:
        found += _speaking(counter, word, home)
    best_of: dict[str, _Found] = {}
    for each in sorted(found, key=lambda each: (-each.weight, each.code)):
        best_of.setdefault(each.code, each)
    return list(best_of.values())[: max(MOST_CORE, len(industries))]


def _speaking(counter: Counter, word: str, home: set[str]) -> list[_Found]:
    """Classes of goods, by the share of their firms that speak of a word in name, products or scope."""
    quoted = word.replace("'", "''")
    said = " OR ".join(
        f"contains(coalesce({column}, ''), '{quoted}')" for column in ("name", "products", "scope")
    )
    table = counter.registry.query(
        f"SELECT industry, count(*) AS firms FROM firms WHERE length(industry) = 4 AND ({said})"
        f"{counter.clause} GROUP BY industry"
    )
    found = []
    for code, firms in zip(table["industry"].to_pylist(), table["firms"].to_pylist(), strict=True):
        share = firms / max(int(whole(counter.base((code,)))), firms)
        least = LEAST_SHARE if code[:2] in home else LEAST_SHARE_ELSEWHERE
        if code.startswith(GOODS) and firms >= LEAST_FIRMS and share >= least:
            found.append(_Found(code, f"登记库中 {firms} 家该行业企业提到“{word}”,占 {share:.0%}", share))
    return found


def _around(counter: Counter, core: Sequence[str], stage: Stage) -> list[_Found]:
    """Classes of the sectors that deliver most to the core (upstream), or that it delivers most to."""
    own = {sector_of(code) for code in core} - {None}
    scores: list[tuple[float, str]] = []
    for code in national().sectors:
        classes = [each for each in sector_classes(code) if each.startswith(GOODS)]
        if code in own or not classes:
            continue
        pair = (classes, core) if stage is Stage.UPSTREAM else (core, classes)
        link = national().link(*pair).direct
        if link is not None and link >= LEAST_COEFFICIENT:
            scores.append((link, code))
    found = []
    for link, code in sorted(scores, reverse=True)[:MOST_SECTORS]:
        way = "每元核心产品耗用" if stage is Stage.UPSTREAM else "每元该部门产品耗用核心产品"
        why = f"2020 年投入产出表:{way} {link:.3f} 元({sector(code).name})"
        ranked = _near(counter, core, [each for each in sector_classes(code) if each.startswith(GOODS)])
        found += [
            _Found(each, f"{why};与核心环节同城程度 {phi:.2f}", link) for each, phi in ranked[:MOST_CLASSES]
        ]
    return found


def _near(counter: Counter, core: Sequence[str], classes: Sequence[str]) -> list[tuple[str, float]]:
    """The classes that have firms, by their proximity to the core, the nearest first."""
    panel = counter.panel
    wanted = [code for code in classes if code in panel.industries]
    inside = tuple(each for code in core for each in members(code) if each in panel.industries)
    if not wanted or not inside:
        return [(code, float("nan")) for code in classes]
    presence = Measures(counter).presence
    at = {code: n for n, code in enumerate(panel.industries)}
    phi = proximity(presence[:, [at[code] for code in wanted]], presence[:, [at[code] for code in inside]])
    best = np.nan_to_num(phi, nan=0.0).max(axis=1)
    return sorted(zip(wanted, best.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))


def _node(found: _Found, stage: Stage, words: Sequence[str], counter: Counter) -> Node:
    entry = industry(found.code)
    name = _PLAIN.sub("", entry.name) or entry.name
    own = [part for part in re.split(r"[、及和与]", name) if len(part) > 1]
    said = [word for word in words if word in found.why] or [word for word in words if word in entry.name]
    local = whole(counter.local((found.code,)))
    why = f"{found.why};本市登记企业 {local} 家"
    return Node(
        name, stage, (found.code,), tuple(dict.fromkeys((*said, *own))), Origin(assigned=(Assigned("", why),))
    )


def _once(nodes: Sequence[Node]) -> list[Node]:
    """Each class once, in its first stage; each name once, told apart by its code."""
    kept: dict[str, Node] = {}
    for node in nodes:
        if not any(node.industries == other.industries for other in kept.values()):
            name = node.name if node.name not in kept else f"{node.name}({node.industries[0]})"
            kept[name] = replace(node, name=name)
    order = list(Stage)
    return sorted(kept.values(), key=lambda node: order.index(node.stage))


def _edges(nodes: Sequence[Node]) -> list[Edge]:
    """Supplies down the stages, where the table has a delivery that counts."""
    order = list(Stage)
    found = []
    for supplier in nodes:
        for user in nodes:
            if order.index(user.stage) - order.index(supplier.stage) != 1:
                continue
            link = national().link(_classes(supplier), _classes(user))
            if link.direct is not None and link.direct >= LEAST_COEFFICIENT:
                why = f"2020 年投入产出表:每元产品耗用 {link.direct:.3f} 元"
                found.append(Edge(supplier.name, user.name, Origin(assigned=(Assigned("", why),))))
    return found


def _classes(node: Node) -> list[str]:
    return [each for code in node.industries for each in members(code)]
