"""The sheets of a siting case and their columns: one list for reading, template and documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from liandong.errors import Text

Kind = Literal["text", "list", "number", "year", "count", "date", "yes", "choice"]
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. required: an empty cell is a fault. words: what a choice may say → what it means."""

    name: str
    label: Text
    kind: Kind = "text"
    required: bool = False
    note: Text = NOTHING
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet (TOML: one array of tables)."""

    name: str
    label: Text
    columns: tuple[Column, ...]
    required: bool = False


def _c(
    name: str, zh: str, kind: Kind = "text", required: bool = False, note: tuple[str, str] | None = None
) -> Column:
    return Column(name, Text(zh, name), kind, required, Text(*note) if note else NOTHING)


def _choice(name: str, zh: str, words: dict[str, str], required: bool = False) -> Column:
    pairs = tuple(words.items())
    note = Text(" / ".join(words), " / ".join(dict.fromkeys(words.values())))
    return Column(name, Text(zh, name), "choice", required, note, pairs)


_AS_OF = _c("as_of", "截至日期", "date")
_SOURCE = _c("source", "来源")

LAND = (
    _c("area", "面积(亩)", "number"),
    _choice(
        "land_status",
        "土地状态",
        {
            "净地": "clear",
            "熟地": "serviced",
            "生地": "raw",
            "clear": "clear",
            "serviced": "serviced",
            "raw": "raw",
        },
    ),
    _choice(
        "quota",
        "用地指标",
        {
            "已落实": "secured",
            "报批中": "pending",
            "未落实": "none",
            "secured": "secured",
            "pending": "pending",
            "none": "none",
        },
    ),
    _c("assessments", "已完成区域评估", "list", note=("如 压覆矿、地灾、文物", "such as minerals, hazards")),
    _c("holder", "权利人"),
    _c("mortgaged", "抵押", "yes", note=("是 / 否,留空为未知", "yes / no, empty: unknown")),
    _c("idle_since", "闲置起", "date"),
    _c("min_plot_ratio", "容积率下限", "number"),
    _c("max_energy", "单位能耗上限", "number", note=("吨标准煤/万元", "tonnes of coal per 10,000 yuan")),
    _c("max_emission", "单位排放上限", "number", note=("千克/万元", "kg per 10,000 yuan")),
)
"""Of land: its state, and the control values of a standard parcel (标准地)."""
PLANT = (
    _c("floor_area", "建筑面积(平方米)", "number"),
    _c("floor_load", "楼面荷载(千牛/平方米)", "number"),
    _c("clear_height", "净高(米)", "number"),
    _c("grid", "柱网", note=("如 8×9 米", "such as 8×9 m")),
    _c("crane", "行车(吨)", "number"),
    _choice(
        "fire_class",
        "火灾危险性",
        {
            "甲": "a",
            "乙": "b",
            "丙": "c",
            "丁": "d",
            "戊": "e",
            "a": "a",
            "b": "b",
            "c": "c",
            "d": "d",
            "e": "e",
        },
    ),
    _choice(
        "lease",
        "租赁状态",
        {
            "空置": "vacant",
            "预订": "reserved",
            "已租": "let",
            "vacant": "vacant",
            "reserved": "reserved",
            "let": "let",
        },
    ),
)
"""Of a plant."""

CASE = Sheet(
    "case",
    Text("概况", "case"),
    (
        _c("name", "名称", required=True),
        _c("years", "计价年数", "count", note=("默认 10", "years of yearly prices that count; default 10")),
    ),
    required=True,
)
PARKS = Sheet(
    "parks",
    Text("园区", "parks"),
    (
        _c("name", "名称", required=True),
        _c("chemical_park", "化工园区", "yes", note=("是 / 否,留空为未知", "yes / no, empty: unknown")),
        _c("zone", "管控单元", note=("如 重点管控单元,留空为未知", "empty: unknown")),
        _c("division", "行政区划代码", note=("六位代码", "six digits of GB/T 2260")),
        _c("host", "依托园区"),
        _c("location", "位置"),
        _c("industries", "主导产业", "list", note=("GB/T 4754-2017 代码", "codes of GB/T 4754-2017")),
        _c("longitude", "经度", "number"),
        _c("latitude", "纬度", "number"),
        _c("note", "说明"),
        _AS_OF,
        _SOURCE,
    ),
    required=True,
)
PARCELS = Sheet(
    "parcels",
    Text("地块", "parcels"),
    (
        _c("name", "名称", required=True),
        _c("park", "园区", required=True),
        _c("use", "规划用途"),
        _c("min_investment_per_mu", "投资强度", "number", note=("万元/亩", "10,000 yuan per mu")),
        _c("min_tax_per_mu", "亩均税收", "number", note=("万元/亩·年", "10,000 yuan per mu and year")),
        *LAND,
        *PLANT,
        _c("longitude", "经度", "number"),
        _c("latitude", "纬度", "number"),
        _c("valid_from", "可用起", "date"),
        _c("valid_to", "可用止", "date"),
        _c("note", "说明"),
        _AS_OF,
        _SOURCE,
    ),
    required=True,
)
ROOMS = Sheet(
    "rooms",
    Text("剩余容量", "rooms"),
    (
        _c("place", "地块或园区", required=True),
        _c("resource", "资源", required=True, note=("如 土地、电力、COD", "such as land, power, COD")),
        _c("amount", "数量", "number", note=("留空为未知", "empty: unknown")),
        _c("unit", "单位", required=True),
        _c("from_year", "起始年份", "year"),
        _c("department", "确认部门"),
        _AS_OF,
        _SOURCE,
    ),
)
PRICES = Sheet(
    "prices",
    Text("价格", "prices"),
    (
        _c("place", "地块或园区", required=True),
        _c("resource", "资源", required=True),
        _c("value", "单价(元)", "number", note=("留空为未知", "yuan per unit; empty: unknown")),
        _choice("per", "计价", {"一次": "once", "每年": "year", "once": "once", "year": "year"}, True),
        _AS_OF,
        _SOURCE,
    ),
)
PROJECTS = Sheet(
    "projects",
    Text("项目", "projects"),
    (
        _c("name", "名称", required=True),
        _c("industries", "行业代码", "list", note=("GB/T 4754-2017,留空为未知", "empty: unknown")),
        _c("chemical", "化工", "yes", note=("是 / 否,留空为未知", "empty: unknown")),
        _c("investment", "总投资(万元)", "number"),
        _c("tax", "年税收(万元)", "number"),
        _c("must", "必须安排", "yes", note=("默认 是", "default yes")),
        _c("priority", "优先级", "count", note=("1 ~ 9,默认 3", "1 to 9, default 3")),
        _c("at", "现有地块"),
        _c("fixed", "不得移动", "yes"),
    ),
    required=True,
)
NEEDS = Sheet(
    "needs",
    Text("需求", "needs"),
    (
        _c("project", "项目", required=True),
        _c("resource", "资源", required=True),
        _c(
            "amount",
            "数量",
            "number",
            note=("留空为未知;不需要请填 0", "empty: unknown; 0 if none is needed"),
        ),
        _c("unit", "单位", required=True),
        _c(
            "from_year",
            "起始年份",
            "year",
            note=("分期:自该年起的总量", "phases: the total from this year on"),
        ),
    ),
)
NEIGHBOURS = Sheet(
    "neighbours",
    Text("相邻要求", "neighbours"),
    (
        _c("first", "甲项目", required=True),
        _c("second", "乙项目", required=True),
        _choice(
            "relation",
            "关系",
            {"同园": "together", "分开": "apart", "together": "together", "apart": "apart"},
            True,
        ),
        _c("penalty", "不满足的代价(元)", "number", note=("留空为必须满足", "empty: it must be kept")),
    ),
)
COSTS = Sheet(
    "costs",
    Text("其他费用", "costs"),
    (
        _c("project", "项目", required=True),
        _c("parcel", "地块", required=True),
        _c("cost", "费用(元)", "number", True),
        _SOURCE,
    ),
)
FACTS = Sheet(
    "facts",
    Text("属性", "facts"),
    (
        _c("subject", "对象", required=True, note=("项目、地块或园区的名称", "a project, parcel or park")),
        _c("name", "属性名", required=True),
        _c("value", "值", note=("留空为未知", "empty: unknown")),
        _SOURCE,
    ),
)
RULES = Sheet(
    "rules",
    Text("准入规则", "rules"),
    (
        _c("id", "编号", required=True),
        _choice(
            "aspect",
            "方面",
            {
                "产业": "industry",
                "分区": "zoning",
                "化工": "chemical",
                "能耗": "energy",
                "污染物": "pollutants",
                "industry": "industry",
                "zoning": "zoning",
                "chemical": "chemical",
                "energy": "energy",
                "pollutants": "pollutants",
            },
            True,
        ),
        _c("title", "名称", required=True),
        _c("places", "适用园区或地块", "list", note=("留空为全部", "empty: everywhere")),
        _c("when", "适用条件", note=("用 ; 分开,须全部成立", "separated by ;, all must hold")),
        _c("require", "要求", note=("用 ; 分开,须全部成立", "separated by ;, all must hold")),
        _choice(
            "otherwise",
            "不符合时",
            {
                "禁止": "barred",
                "有条件": "conditional",
                "问部门": "ask",
                "barred": "barred",
                "conditional": "conditional",
                "ask": "ask",
            },
            True,
        ),
        _c("condition", "附加条件"),
        _c("department", "决定部门", required=True),
        _c("source", "依据", required=True),
        _c("valid_from", "生效日期", "date"),
        _c("valid_to", "失效日期", "date"),
    ),
)
PARK_SHEETS = (PARKS, PARCELS, ROOMS, PRICES, FACTS, RULES)
"""What a park keeps of itself: a case without projects."""
SHEETS = (CASE, PARKS, PARCELS, ROOMS, PRICES, PROJECTS, NEEDS, NEIGHBOURS, COSTS, FACTS, RULES)

ITEM_WORDS = {
    "土地": "land",
    "厂房租金": "rent",
    "建设": "building",
    "搬迁": "moving",
    "电费": "power",
    "水费": "water",
    "污水": "sewage",
    "燃气": "gas",
    "蒸汽": "steam",
    "工资": "wages",
    "运费": "freight",
    "奖补": "incentive",
    "其他": "other",
}
_ITEM = _choice("item", "费用项", ITEM_WORDS | {name: name for name in ITEM_WORDS.values()}, True)

LANDING = Sheet(
    "project",
    Text("项目", "project"),
    (_c("name", "名称", required=True), _c("note", "说明")),
    required=True,
)
QUANTITIES = Sheet(
    "quantities",
    Text("用量", "quantities"),
    (
        _ITEM,
        _c("name", "名称", required=True, note=("如 峰段、某客户", "such as peak hours, a customer")),
        _c("quantity", "用量", "number", note=("留空为未知", "empty: unknown")),
        _c("unit", "单位", required=True),
        _choice("per", "计价", {"一次": "once", "每年": "year", "once": "once", "year": "year"}, True),
        _AS_OF,
        _SOURCE,
    ),
    required=True,
)
LANDING_PRICES = Sheet(
    "prices",
    Text("单价", "prices"),
    (
        _c("park", "园区", required=True),
        _ITEM,
        _c("name", "名称", required=True),
        _c("price", "单价(元)", "number", note=("每单位用量;留空为未知", "yuan per unit; empty: unknown")),
        _c(
            "lawful",
            "合法",
            "yes",
            note=(
                "只用于奖补:已通过公平竞争审查为 是;留空则不计",
                "incentives only: yes once it passed its fair-competition review; empty: not counted",
            ),
        ),
        _AS_OF,
        _SOURCE,
    ),
    required=True,
)
POWER_ON = Sheet(
    "power_on",
    Text("通电时间", "power on"),
    (
        _c("park", "园区", required=True),
        _c("months", "月数", "number", note=("留空为未知", "empty: unknown")),
        _AS_OF,
        _SOURCE,
    ),
)
LANDING_SHEETS = (LANDING, QUANTITIES, LANDING_PRICES, POWER_ON)
