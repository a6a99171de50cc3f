"""What is wrong with a plan, and what its planners should know though it is not wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from liandong.errors import InputError, InputErrors, Language, Text
from liandong.plan.model import Chain, Node, Origin, Place, Plan
from liandong.plan.reading import parse, read
from liandong.reference import find_industry, is_division, members, resolve_region


class Weight(StrEnum):
    """A fault makes a plan unusable; a remark is for people to judge."""

    FAULT = "fault"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: what kind, on which item, in which field and line, in both languages."""

    weight: Weight
    kind: str
    item: str
    message: Text
    place: Place
    field: str | None = None

    def text(self, language: Language = "zh") -> str:
        """`item: message`, as one line."""
        return f"{self.item}: {self.message(language)}"

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong plan check`."""
        return {
            "weight": self.weight.value,
            "kind": self.kind,
            "item": self.item,
            "field": self.field,
            "file": self.place.file,
            "line": self.place.line,
            "message": {"zh": self.message.zh, "en": self.message.en},
        }

    def error(self) -> InputError:
        """The finding as an error that names file, line and field."""
        field = f"{self.item} › {self.field}" if self.field else self.item
        return InputError(self.message, file=self.place.file, row=self.place.line, field=field)


def load(source: str | Path) -> Plan:
    """A plan that can be used, from a file or from TOML text (a str with a line break).

    Raises InputError or InputErrors, as `read` does and for every fault that `check` finds.
    """
    if isinstance(source, str) and "\n" in source:
        return require(parse(source))
    return require(read(source))


def require(plan: Plan) -> Plan:
    """The plan itself if it has no fault. Raises InputErrors with all of them otherwise."""
    faults = [remark.error() for remark in check(plan) if remark.weight is Weight.FAULT]
    if faults:
        raise InputErrors(tuple(faults))
    return plan


def check(plan: Plan, texts: Mapping[str, str] | None = None) -> tuple[Remark, ...]:
    """Faults and remarks, faults first, each in the order of the plan.

    Faults: unknown codes, nodes without codes, repeated names, supplies to unknown nodes, cycles of supplies,
    tiers, chains, sources and regions that are named but not there, quotes that a given text does not hold.
    Remarks: slogans that do not add up, chains that share codes, ties and regions without a source, chains
    without nodes, nodes that supply nobody and get nothing.
    texts: source key → its text, to look the quotes up in; quotes of other sources are not looked up.
    """
    found = [
        *_names(plan),
        *_references(plan),
        *(remark for chain in plan.chains for remark in (*_codes(chain), *_supplies(chain))),
        *_quotes(plan, texts or {}),
        *_slogan(plan),
        *_overlaps(plan),
        *_unsourced(plan),
    ]
    return tuple(sorted(found, key=lambda remark: remark.weight is not Weight.FAULT))


def _names(plan: Plan) -> Iterator[Remark]:
    yield from _repeated("source", ((each.key, each.origin) for each in plan.sources))
    yield from _repeated("tier", ((each.key.value, each.origin) for each in plan.tiers))
    yield from _repeated("chain", ((each.name, each.origin) for each in plan.chains))
    yield from _repeated("carrier", ((each.name, each.origin) for each in plan.carriers))
    yield from _repeated("region", ((each.name, each.origin) for each in plan.regions))
    for chain in plan.chains:
        yield from _repeated(chain.name, ((node.name, node.origin) for node in chain.nodes))


def _repeated(of: str, named: Iterable[tuple[str, Origin]]) -> Iterator[Remark]:
    first: dict[str, Place] = {}
    for name, origin in named:
        if name in first:
            line = first[name].line
            yield _fault(
                "repeated_name",
                f"{of} › {name}",
                origin.at("name"),
                "name",
                Text(f"名称重复,第 {line} 行已有。", f"the name stands on line {line} already."),
            )
        first.setdefault(name, origin.place)


def _references(plan: Plan) -> Iterator[Remark]:
    if not is_division(plan.city):
        yield _fault(
            "unknown_division",
            plan.name,
            plan.origin.at("city"),
            "city",
            Text(
                f"没有行政区划代码“{plan.city}”。请填写六位代码,如 411000。",
                f'there is no division "{plan.city}". Give six digits such as 411000.',
            ),
        )
    for region in plan.regions:
        try:
            resolve_region(region.name)
        except InputError as error:
            place = region.origin.at("name")
            yield _fault("unknown_region", region.name, place, "name", error.problem)
    tiers = {tier.key for tier in plan.tiers}
    chains = {chain.name for chain in plan.chains}
    sources = {source.key for source in plan.sources}
    for chain in plan.chains:
        if chain.tier not in tiers:
            yield _absent("unknown_tier", chain.name, chain.origin.at("tier"), "tier", chain.tier.value)
    for carrier in plan.carriers:
        for n, name in enumerate(carrier.chains):
            if name not in chains:
                yield _absent("unknown_chain", carrier.name, carrier.origin.at("chains", n), "chains", name)
    for item, origin in _origins(plan):
        for n, stated in enumerate(origin.stated):
            if stated.source not in sources:
                yield _absent("unknown_source", item, origin.at("stated", n), "stated", stated.source)


def _codes(chain: Chain) -> Iterator[Remark]:
    for node in chain.nodes:
        item = f"{chain.name} › {node.name}"
        if not node.industries:
            text = Text("没有行业代码,无从统计。", "has no industry code: nothing can be counted.")
            yield _fault("empty_node", item, node.origin.at("industries"), "industries", text)
        for n, code in enumerate(node.industries):
            found = find_industry(code)
            if found is None or found.level == "section":
                text = Text(
                    f"“{code}”不是 GB/T 4754-2017 的大类、中类或小类代码。",
                    f'"{code}" is not a division, group or class of GB/T 4754-2017.',
                )
                yield _fault("unknown_code", item, node.origin.at("industries", n), "industries", text)


def _supplies(chain: Chain) -> Iterator[Remark]:
    names = {node.name for node in chain.nodes}
    users: dict[str, list[str]] = {name: [] for name in names}
    for edge in chain.edges:
        for end in (edge.supplier, edge.user):
            if end not in names:
                item = f"{chain.name} › {edge.supplier}"
                yield _absent("unknown_node", item, edge.origin.place, "supplies", end)
        if edge.supplier in names and edge.user in names:
            users[edge.supplier].append(edge.user)
    cycle = _cycle([node.name for node in chain.nodes], users.__getitem__)
    if cycle:
        way = " → ".join(cycle)
        place = next(edge.origin.place for edge in chain.edges if (edge.supplier, edge.user) == cycle[-2:])
        text = Text(f"供应关系成环:{way}。", f"the supplies go round in a cycle: {way}.")
        yield _fault("cycle", f"{chain.name} › {cycle[-2]}", place, "supplies", text)
    if not chain.nodes:
        text = Text("没有环节。", "has no nodes.")
        yield _remark("no_nodes", chain.name, chain.origin.place, text)
    linked = {end for edge in chain.edges for end in (edge.supplier, edge.user)}
    for node in chain.nodes:
        if node.name not in linked and len(chain.nodes) > 1:
            text = Text("既不供应也不需要其他环节。", "supplies no other node and needs none.")
            yield _remark("unlinked_node", f"{chain.name} › {node.name}", node.origin.place, text)


def _cycle(names: Iterable[str], users: Callable[[str], list[str]]) -> tuple[str, ...]:
    """The first cycle as a → … → a; () if there is none. Depth first, without recursion."""
    finished: set[str] = set()
    for start in names:
        way = [start]
        ahead = [iter(users(start))]
        while way:
            step = next(ahead[-1], None)
            if step is None:
                finished.add(way.pop())
                ahead.pop()
            elif step in way:
                return (*way[way.index(step) :], step)
            elif step not in finished:
                way.append(step)
                ahead.append(iter(users(step)))
    return ()


def _quotes(plan: Plan, texts: Mapping[str, str]) -> Iterator[Remark]:
    for item, origin in _origins(plan):
        for n, stated in enumerate(origin.stated):
            if stated.source in texts and stated.quote not in texts[stated.source]:
                text = Text(
                    f"“{stated.quote}”不在来源“{stated.source}”中。",
                    f'"{stated.quote}" does not stand in the source "{stated.source}".',
                )
                yield _fault("quote_not_found", item, origin.at("stated", n), "stated", text)


def _slogan(plan: Plan) -> Iterator[Remark]:
    slogan = plan.slogan
    digits = [int(digit) for digit in slogan] if slogan and slogan.isdecimal() else []
    promised = [tier.promised for tier in plan.tiers if tier.promised is not None]
    if digits and promised and sum(digits) != sum(promised):
        text = Text(
            f"口号合计 {sum(digits)} 个产业,各梯队合计 {sum(promised)} 个。",
            f"the slogan adds up to {sum(digits)} industries, the tiers to {sum(promised)}.",
        )
        yield _remark("slogan", slogan or plan.name, plan.origin.at("slogan"), text, "slogan")
    for tier in plan.tiers:
        listed = [chain.name for chain in plan.chains if chain.tier is tier.key]
        if tier.promised is not None and tier.promised != len(listed):
            names = "、".join(listed) or "—"
            text = Text(
                f"口号承诺 {tier.promised} 个,规划列出 {len(listed)} 个({names})。",
                f"the slogan promises {tier.promised}, the plan lists {len(listed)} ({names}).",
            )
            yield _remark("promised_count", tier.name, tier.origin.at("promised"), text, "promised")


def _overlaps(plan: Plan) -> Iterator[Remark]:
    classes = [(chain, node, _classes(node)) for chain in plan.chains for node in chain.nodes]
    for n, (chain, node, codes) in enumerate(classes):
        for other_chain, other, other_codes in classes[n + 1 :]:
            shared = sorted(codes & other_codes)
            if not shared:
                continue
            named = "、".join(shared)
            text = Text(
                f"与“{other_chain.name} › {other.name}”共有行业 {named}:同一企业会计入两处。",
                f'shares {named} with "{other_chain.name} › {other.name}": a firm counts in both.',
            )
            item = f"{chain.name} › {node.name}"
            yield _remark("shared_codes", item, node.origin.at("industries"), text, "industries")


def _classes(node: Node) -> frozenset[str]:
    known = (code for code in node.industries if find_industry(code) is not None)
    return frozenset(each for code in known for each in members(code))


def _unsourced(plan: Plan) -> Iterator[Remark]:
    text = Text("没有来源:由规划者设定。", "has no source: the planner assigned it.")
    items = [
        *((f"{tie.holder} × {tie.partner}", "tie_without_source", tie.origin) for tie in plan.ties),
        *((region.name, "region_without_source", region.origin) for region in plan.regions),
        *((chain.name, "chain_without_source", chain.origin) for chain in plan.chains),
        *((carrier.name, "carrier_without_source", carrier.origin) for carrier in plan.carriers),
    ]
    for item, kind, origin in items:
        if not origin.is_stated:
            yield _remark(kind, item, origin.place, text)


def _origins(plan: Plan) -> Iterator[tuple[str, Origin]]:
    """Every item that can be stated, with a name for people."""
    yield plan.name, plan.origin
    yield from ((source.key, source.origin) for source in plan.sources)
    yield from ((tier.name, tier.origin) for tier in plan.tiers)
    for chain in plan.chains:
        yield chain.name, chain.origin
        yield from ((f"{chain.name} › {node.name}", node.origin) for node in chain.nodes)
        yield from ((f"{chain.name} › {edge.supplier} → {edge.user}", edge.origin) for edge in chain.edges)
    yield from ((carrier.name, carrier.origin) for carrier in plan.carriers)
    yield from ((region.name, region.origin) for region in plan.regions)
    yield from ((f"{tie.holder} × {tie.partner}", tie.origin) for tie in plan.ties)


def _absent(kind: str, item: str, place: Place, field: str, name: str) -> Remark:
    return _fault(kind, item, place, field, Text(f"规划中没有“{name}”。", f'the plan has no "{name}".'))


def _fault(kind: str, item: str, place: Place, field: str, text: Text) -> Remark:
    return Remark(Weight.FAULT, kind, item, text, place, field)


def _remark(kind: str, item: str, place: Place, text: Text, field: str | None = None) -> Remark:
    return Remark(Weight.REMARK, kind, item, text, place, field)
