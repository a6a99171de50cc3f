"""plan.toml → Plan, with the line of every item."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from liandong.errors import InputError, Text
from liandong.plan.fields import Document, Fields
from liandong.plan.model import (
    Carrier,
    Chain,
    Edge,
    Node,
    Origin,
    PartnerKind,
    Plan,
    Source,
    SourceRegion,
    Stage,
    Tie,
    Tier,
    TierKey,
)

MOST_BYTES = 2_000_000  # a plan of a whole province is a tenth of that
_WHERE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


def read(path: str | Path) -> Plan:
    """A plan from a TOML file, well-formed but not checked for what it says (see `check`).

    Raises InputError for a file that is missing, too large or no UTF-8 TOML, InputErrors with file, line and
    field for every missing, misspelt or mistyped field.
    """
    return parse(toml_text(path), file=str(path))


def parse(text: str, *, file: str = "plan.toml") -> Plan:
    """A plan from TOML text; `file` names it in errors and evidence. Raises as `read` does."""
    fields = toml_fields(text, file)
    plan = _plan(fields)
    fields.document.finish()
    return plan


def toml_text(path: str | Path) -> str:
    """The text of a TOML file. Raises InputError if it is missing, too large or not UTF-8."""
    path = Path(path)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as trouble:
        raise InputError(
            Text("无法读取该文件。请检查路径和权限。", f"cannot be read: {trouble.strerror}."), file=str(path)
        ) from trouble
    if size > MOST_BYTES:
        raise InputError(
            Text(f"文件有 {size} 字节,不像产业规划。", f"{size} bytes are too many for a plan."),
            file=str(path),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        raise InputError(
            Text("不是 UTF-8 文本。请另存为 UTF-8。", "not UTF-8 text. Save it as UTF-8."),
            file=str(path),
            row=line,
        ) from None
    return text


def toml_fields(text: str, file: str) -> Fields:
    """The fields of a TOML text. Raises InputError with the line where it is no TOML."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise _not_toml(trouble, text, file) from None
    return Fields(Document.of(file, text), (), data)


def _not_toml(trouble: tomllib.TOMLDecodeError, text: str, file: str) -> InputError:
    where = _WHERE.search(str(trouble))
    line = int(where.group(1)) if where and where.group(1) else text.count("\n") + 1
    reason = _WHERE.sub("", str(trouble)).strip()
    return InputError(Text(f"不是有效的 TOML:{reason}。", f"not valid TOML: {reason}."), file=file, row=line)


def _plan(fields: Fields) -> Plan:
    head = fields.table("plan")
    plan = Plan(
        city=head.text("city"),
        name=head.text("name"),
        slogan=head.maybe_text("slogan"),
        sources=tuple(_source(each) for each in fields.tables("source")),
        tiers=tuple(_tier(each) for each in fields.tables("tier")),
        chains=tuple(_chain(each) for each in fields.tables("chain")),
        carriers=tuple(_carrier(each) for each in fields.tables("carrier")),
        regions=tuple(_region(each) for each in fields.tables("region")),
        ties=tuple(_tie(each) for each in fields.tables("tie")),
        origin=head.origin(),
    )
    head.done()
    fields.done()
    return plan


def _source(fields: Fields) -> Source:
    source = Source(
        key=fields.text("key"),
        title=fields.text("title"),
        file=fields.maybe_text("file"),
        published=fields.maybe_text("published"),
        origin=fields.origin(),
    )
    fields.done()
    return source


def _tier(fields: Fields) -> Tier:
    tier = Tier(
        key=TierKey(fields.choice("key", TierKey)),
        name=fields.text("name"),
        promised=fields.maybe_count("promised"),
        origin=fields.origin(),
    )
    fields.done()
    return tier


def _chain(fields: Fields) -> Chain:
    nodes: list[Node] = []
    edges: list[Edge] = []
    for each in fields.tables("node"):
        node, supplies = _node(each)
        nodes.append(node)
        edges += supplies
    edges += [_edge(each) for each in fields.tables("edge")]
    chain = Chain(
        name=fields.text("name"),
        english=fields.text("english"),
        tier=TierKey(fields.choice("tier", TierKey)),
        nodes=tuple(nodes),
        edges=tuple(edges),
        chief=fields.maybe_text("chief"),
        leaders=fields.texts("leaders"),
        origin=fields.origin(),
    )
    fields.done()
    return chain


def _node(fields: Fields) -> tuple[Node, list[Edge]]:
    """A node and the edges that it `supplies`, each with the line of its user's name."""
    node = Node(
        name=fields.text("name"),
        stage=Stage(fields.choice("stage", Stage)),
        industries=fields.texts("industries"),
        words=fields.texts("words"),
        origin=fields.origin(),
    )
    edges = [
        Edge(node.name, user, Origin(place=fields.document.place((*fields.path, "supplies", n))))
        for n, user in enumerate(fields.texts("supplies"))
    ]
    fields.done()
    return node, edges


def _edge(fields: Fields) -> Edge:
    """An edge of its own table: what `supplies` cannot hold, a quote or a reason."""
    edge = Edge(fields.text("supplier"), fields.text("user"), fields.origin())
    fields.done()
    return edge


def _carrier(fields: Fields) -> Carrier:
    carrier = Carrier(
        name=fields.text("name"),
        english=fields.text("english"),
        form=fields.text("form"),
        host=fields.maybe_text("host"),
        location=fields.maybe_text("location"),
        industries=fields.texts("industries"),
        chains=fields.texts("chains"),
        partners=fields.texts("partners"),
        origin=fields.origin(),
    )
    fields.done()
    return carrier


def _region(fields: Fields) -> SourceRegion:
    region = SourceRegion(
        name=fields.text("name"),
        firms=fields.maybe_count("firms"),
        industries=fields.texts("industries"),
        origin=fields.origin(),
    )
    fields.done()
    return region


def _tie(fields: Fields) -> Tie:
    tie = Tie(
        holder=fields.text("holder"),
        partner=fields.text("partner"),
        kind=PartnerKind(fields.choice("kind", PartnerKind)),
        what=fields.text("what"),
        region=fields.maybe_text("region"),
        origin=fields.origin(),
    )
    fields.done()
    return tie
