"""A small city brief with every kind of evidence, made from a page, a chain and two registered firms."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from liandong.briefs import ChainSection, CityBrief
from liandong.documents.page import Page, Span
from liandong.facts import Fact, Kind
from liandong.figures import (
    AssumptionRef,
    Basis,
    Coverage,
    DerivedRef,
    FactRef,
    Figure,
    QueryRef,
    RecordRef,
)
from liandong.plan import (
    Advice,
    Chain,
    Comparison,
    Diagnosis,
    Edge,
    Node,
    NodeDiagnosis,
    Stage,
    Status,
    TierKey,
)
from liandong.targets import Contribution, Target, TargetFirm

RAW = (
    "许昌打造制造强市\n"
    "许昌电力装备产业集群规模超千亿元,成功入选国家创新型产业集群。"
    "全市高新技术企业549家,科技型中小企业1549家,力争到2027年高新技术企业达到800家。"
    "许昌成为全球最大的人造金刚石生产基地。"
    "许港产业带连接许昌与郑州航空港区。许昌与上海交通大学共建联合实验室。"
    "目前在许投资的长三角地区企业71家。三次产业结构为5:50:45。建设用地300亩至500亩。"
)
PAGE = Page(
    raw=RAW,
    body=(Span(0, len(RAW)),),
    sha256=hashlib.sha256(RAW.encode()).hexdigest(),
    encoding="utf-8",
    origin="xuchang.txt",
    title="许昌打造制造强市",
    published="2025-06-19",
    source="市政府网站",
)
COVERAGE = Coverage(
    source="registrations",
    last_date="2019-04",
    rows=707214,
    complete_cells=62,
    cells=100,
    notes=("listed_firms_only",),
)


def fact(kind: Kind, subject: str, indicator: str, quote: str, **fields: object) -> Fact:
    """A fact whose quote stands in the page."""
    start = RAW.index(quote)
    return Fact(PAGE.sha256, kind, subject, indicator, quote, start, start + len(quote), **fields)  # type: ignore[arg-type]


LISTED = "全市高新技术企业549家,科技型中小企业1549家"
SCALE = fact(
    Kind.INDICATOR, "许昌电力装备产业集群", "产业集群规模", "许昌电力装备产业集群规模超千亿元",
    value="100000000000", unit="元", qualifier="超",
)  # fmt: skip
HIGH_TECH = fact(Kind.INDICATOR, "许昌", "高新技术企业", LISTED, value="549", unit="家", period="2025-06")
SMALL = fact(Kind.INDICATOR, "许昌", "科技型中小企业", LISTED, value="1549", unit="家", period="2025-06")
PLANNED = fact(
    Kind.INDICATOR, "许昌", "高新技术企业目标", "力争到2027年高新技术企业达到800家",
    value="800", unit="家", period="2027", modality="planned", qualifier="力争",
)  # fmt: skip
STRUCTURE = fact(Kind.INDICATOR, "许昌", "三次产业结构", "三次产业结构为5:50:45", value="5:50:45")
LAND = fact(Kind.CARRIER, "许港产业带", "建设用地", "建设用地300亩至500亩", value="300~500", unit="亩")
CLUSTER = fact(
    Kind.RECOGNITION, "许昌电力装备产业集群", "入选", "成功入选国家创新型产业集群",
    value_text="国家创新型产业集群",
)  # fmt: skip
LARGEST = fact(
    Kind.RANK, "许昌", "生产基地", "许昌成为全球最大的人造金刚石生产基地",
    value_text="人造金刚石生产基地", qualifier="全球最大", region="全球",
)  # fmt: skip
BELT = fact(
    Kind.CARRIER,
    "许港产业带",
    "一带",
    "许港产业带连接许昌与郑州航空港区",
    value_text="连接许昌与郑州航空港区",
)
LABORATORY = fact(
    Kind.COOPERATION, "许昌–上海交通大学", "共建", "许昌与上海交通大学共建联合实验室", value_text="联合实验室"
)
INVESTED = fact(
    Kind.PROJECT, "长三角地区企业", "在许投资企业", "目前在许投资的长三角地区企业71家", value="71", unit="家"
)
FACTS = (SCALE, HIGH_TECH, SMALL, PLANNED, STRUCTURE, LAND, CLUSTER, LARGEST, BELT, LABORATORY, INVESTED)


def query(rows: int, codes: str) -> QueryRef:
    """A count of firms of Xuchang in some industries."""
    sql = f"SELECT count(*) FROM firms WHERE prefecture = '411000' AND industry IN ({codes})"
    return QueryRef(sql, "20250619-0a1b2c", rows)


def counted(rows: int, codes: str) -> Figure:
    """That count as a figure."""
    basis = Basis(as_of="2019-04")
    return Figure(
        Decimal(rows), "家", "count", basis=basis, coverage=COVERAGE, evidence=(query(rows, codes),)
    )


def quotient(value: str | None, low: str, high: str, firms: Figure) -> Figure:
    """A location quotient derived from the count."""
    formula = "(local / city) / (industry / all)"
    given = DerivedRef(formula, (("local", firms), ("all", query(707214, "'38'"))))
    if value is None:
        return Figure(None, "", "location_quotient", coverage=COVERAGE)
    return Figure(
        Decimal(value),
        "",
        "location_quotient",
        coverage=COVERAGE,
        evidence=(given,),
        low=Decimal(low),
        high=Decimal(high),
    )


CHAIN = Chain(
    name="电力装备",
    english="power equipment",
    tier=TierKey.EMERGING,
    nodes=(
        Node("绝缘材料", Stage.UPSTREAM, ("2921",)),
        Node("变压器", Stage.MIDSTREAM, ("3821",)),
        Node("储能系统", Stage.DOWNSTREAM, ("3844",)),
    ),
    edges=(Edge("绝缘材料", "变压器"), Edge("变压器", "储能系统")),
)
TRANSFORMERS = counted(128, "'3821'")
INSULATION = counted(3, "'2921'")
DENSITY = Figure(
    Decimal("0.4182"), "", "relatedness_density", coverage=COVERAGE,
    evidence=(DerivedRef("sum of proximity to present industries", (("panel", query(707214, "'38'")),)),),
)  # fmt: skip
DIAGNOSIS = Diagnosis(
    "电力装备",
    (
        NodeDiagnosis(
            "绝缘材料",
            Stage.UPSTREAM,
            ("2921",),
            Status.MISSING,
            Advice.FILL,
            {"firms": INSULATION, "location_quotient": quotient("0.21", "0.05", "0.48", INSULATION)},
        ),
        NodeDiagnosis(
            "变压器",
            Stage.MIDSTREAM,
            ("3821",),
            Status.STRONG,
            Advice.STRENGTHEN,
            {
                "firms": TRANSFORMERS,
                "location_quotient": quotient("3.412", "2.9", "3.98", TRANSFORMERS),
                "relatedness_density": DENSITY,
            },
        ),
        NodeDiagnosis(
            "储能系统",
            Stage.DOWNSTREAM,
            ("3844",),
            Status.UNSURE,
            None,
            {"firms": Figure(None, "家", "count")},
        ),
    ),
    Comparison(("410000",), counted(707214, "'38'"), counted(5000, "'38'")),
    COVERAGE,
    complete=False,
    snapshot="20250619-0a1b2c",
)


def target(rank: int, name: str, prefecture: str, place: str) -> Target:
    """A listed firm with a known, an unknown and a planner's contribution."""
    row = RecordRef("listed_firms.csv", rank + 1)
    fit = Figure(
        Decimal("0.9"),
        "",
        "industry_fit",
        coverage=COVERAGE,
        evidence=(DerivedRef("confidence", (("firm", row),)),),
    )
    ties = Figure(Decimal(1), "个", "ties", evidence=(AssumptionRef("plan.toml", 40),))
    here = Figure(Decimal(71), "家", "count", evidence=(FactRef(INVESTED.id),))
    unknown = Figure(None, "项", "honours")
    return Target(
        TargetFirm(
            f"f{rank}",
            name,
            place,
            prefecture,
            "2921",
            None,
            f"60000{rank}",
            None,
            "listed_firms.csv",
            rank + 1,
        ),
        "电力装备",
        "绝缘材料",
        (
            Contribution("fit", Decimal("18.00"), Decimal(20), fit),
            Contribution("partners", Decimal("5.00"), Decimal(10), ties),
            Contribution("region_firms", Decimal("2.50"), Decimal(5), here),
            Contribution("honours", Decimal("0.00"), Decimal(8), unknown),
        ),
    )


CONTENT = CityBrief(
    city="许昌",
    code="411000",
    date="2025-06-19",
    pages=(PAGE,),
    facts=FACTS,
    reviewed=frozenset({HIGH_TECH.id}),
    chains=(ChainSection(CHAIN, DIAGNOSIS),),
    targets=(
        target(1, "苏州甲绝缘材料股份有限公司", "320500", "江苏苏州"),
        target(2, "上海乙新材料股份有限公司", "310000", "上海"),
        target(3, "昆山丙电工材料有限公司", "320500", "江苏苏州"),
    ),
    coverage=(COVERAGE,),
    source_region="长三角",
)
