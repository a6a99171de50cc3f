"""Plan → plan.toml: what is unknown or empty is left out, so that it reads back as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tomli_w

from liandong.plan.model import Carrier, Chain, Edge, Node, Origin, Plan, Source, SourceRegion, Tie, Tier


def dump(plan: Plan) -> str:
    """The plan as TOML; `parse(dump(plan)) == plan`. Comments of the file that it came from are not kept."""
    head = {"city": plan.city, "name": plan.name, "slogan": plan.slogan, **origin_table(plan.origin)}
    data = {
        "plan": without_blanks(head),
        "source": _tables(plan.sources),
        "tier": _tables(plan.tiers),
        "chain": [_chain(chain) for chain in plan.chains],
        "carrier": _tables(plan.carriers),
        "region": _tables(plan.regions),
        "tie": _tables(plan.ties),
    }
    return tomli_w.dumps(without_blanks(data))


def dump_chain(chain: Chain) -> str:
    """One chain as TOML, to be put into a plan."""
    return tomli_w.dumps({"chain": [_chain(chain)]})


def _chain(chain: Chain) -> dict[str, Any]:
    head = {
        name: getattr(chain, name) for name in ("name", "english", "tier", "chief", "leaders")
    } | origin_table(chain.origin)
    explained = [edge for edge in chain.edges if _explained(edge)]
    return without_blanks(
        head | {"node": [_node(node, chain) for node in chain.nodes], "edge": _tables(explained)}
    )


def _node(node: Node, chain: Chain) -> dict[str, Any]:
    supplies = [edge.user for edge in chain.edges if edge.supplier == node.name and not _explained(edge)]
    return _table(node) | without_blanks({"supplies": supplies})


def _explained(edge: Edge) -> bool:
    """Whether the edge needs a table of its own: someone says more of it than that it is there."""
    return bool(edge.origin.stated or edge.origin.assigned)


def _tables(items: Iterable[Source | Tier | Edge | Carrier | SourceRegion | Tie]) -> list[dict[str, Any]]:
    return [_table(item) for item in items]


def _table(item: Source | Tier | Node | Edge | Carrier | SourceRegion | Tie) -> dict[str, Any]:
    fields = {name: getattr(item, name) for name in item.__dataclass_fields__ if name != "origin"}
    return without_blanks(fields | origin_table(item.origin))


def origin_table(origin: Origin) -> dict[str, Any]:
    """`stated` and `assigned` as they stand in a file."""
    stated = [
        without_blanks({"source": each.source, "quote": each.quote, "fact": each.fact})
        for each in origin.stated
    ]
    reasons = {each.field: each.why for each in origin.assigned}
    assigned: Any = reasons[""] if tuple(reasons) == ("",) else reasons
    return {"stated": stated, "assigned": assigned}


def without_blanks(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is None or empty; enumerations and tuples as TOML has them."""
    return {name: _plain(value) for name, value in fields.items() if value not in (None, "", (), [], {})}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value
