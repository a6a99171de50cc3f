"""The sheets of an event and their columns: one list for workbook, TOML, template and documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from liandong.errors import Text

Kind = Literal[
    "text", "names", "number", "numbers", "metres", "date", "time", "yes", "session", "side", "pause"
]

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. required: an empty cell is a fault. note: what belongs in it."""

    name: str
    label: Text
    kind: Kind = "text"
    required: bool = False
    note: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet (TOML: one array of tables)."""

    name: str
    label: Text
    columns: tuple[Column, ...]
    required: bool = True


def _column(name: str, zh: str, en: str, kind: Kind = "text", required: bool = False, *note: str) -> Column:
    return Column(name, Text(zh, en), kind, required, Text(*note) if note else NOTHING)


EVENT = Sheet(
    "event",
    Text("活动", "event"),
    (
        _column("name", "名称", "name", "text", True),
        _column("place", "地点", "place"),
        _column("timezone", "时区", "timezone", "text", False, "默认 Asia/Shanghai", "default Asia/Shanghai"),
        _column("fairness", "空档最多相差", "fairness", "number", False, "留空则不限", "empty: no limit"),
        _column("interpreters", "译员数", "interpreters", "number", False, "留空则不限", "empty: no limit"),
    ),
)
SLOTS = Sheet(
    "slots",
    Text("时段", "slots"),
    (
        _column("date", "日期", "date", "date", True),
        _column("start", "开始", "start", "time", True),
        _column("end", "结束", "end", "time", True),
        _column(
            "session", "半天", "session", "session", False, "上午 / 下午,留空按时间", "morning / afternoon"
        ),
        _column("pause", "类别", "kind", "pause", False, "会谈 / 休息", "meetings / break"),
    ),
)
TABLES = Sheet(
    "tables",
    Text("桌子", "tables"),
    (
        _column("name", "桌号", "name", "text", True),
        _column("kind", "类型", "kind", "text", False, "如 洽谈室", "such as room"),
        _column("seats", "座位", "seats", "number", False, "默认 4", "default 4"),
        _column("room", "房间", "room"),
        _column("x", "横坐标(米)", "x (metres)", "metres"),
        _column("y", "纵坐标(米)", "y (metres)", "metres"),
    ),
)
PARTICIPANTS = Sheet(
    "participants",
    Text("参会方", "participants"),
    (
        _column("id", "编号", "id", "text", True),
        _column("name", "名称", "name", "text", True),
        _column("delegation", "代表团", "delegation"),
        _column("languages", "语言", "languages", "names", False, "用顿号分开", "separated by commas"),
        _column("sector", "行业", "sector"),
        _column("most", "最多会谈", "most meetings", "number"),
    ),
)
UNAVAILABLE = Sheet(
    "unavailable",
    Text("不能到场", "unavailable"),
    (
        _column("participant", "参会方", "participant", "text", True, "编号或名称", "id or name"),
        _column("date", "日期", "date", "date", True),
        _column("start", "开始", "start", "time", False, "留空为全天", "empty: all day"),
        _column("end", "结束", "end", "time"),
    ),
    required=False,
)
WISHES = Sheet(
    "wishes",
    Text("会谈意愿", "wishes"),
    (
        _column("id", "编号", "id", "text", False, "留空自动编号", "empty: numbered"),
        _column("first", "甲方", "first", "text", True, "编号或名称", "id or name"),
        _column("second", "乙方", "second", "text", True, "编号或名称", "id or name"),
        _column(
            "asked_by", "提出方", "asked by", "side", False, "双方 / 甲方 / 乙方", "both / first / second"
        ),
        _column("priority", "优先级", "priority", "number", False, "1 ~ 5,默认 3", "1 to 5, default 3"),
        _column("must", "必须举行", "must", "yes", False, "是 / 否", "yes / no"),
        _column("session", "半天", "session", "session"),
        _column("slot", "固定时段", "slot", "number", False, "时段的序号", "number of the slot"),
        _column("table", "固定桌号", "table"),
        _column("forbidden", "禁用时段", "forbidden slots", "numbers", False, "序号,用顿号分开", "numbers"),
        _column("after", "排在其后", "after", "names", False, "先举行的会谈编号", "ids of earlier meetings"),
        _column("kind", "桌子类型", "table kind"),
        _column("seats", "人数", "seats", "number", False, "默认 2", "default 2"),
    ),
)
SHEETS = (EVENT, SLOTS, TABLES, PARTICIPANTS, UNAVAILABLE, WISHES)
