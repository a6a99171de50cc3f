"""Parts and keys of company names."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.names import labelled, ours, same
from hypothesis import given
from hypothesis import strategies as st

from liandong.registry import CompanyName, normalise_name, parse_name
from liandong.registry.normalising import narrow


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("上海电气（许昌）智能装备有限公司", ("上海", "电气", "智能装备", "有限公司", "许昌")),
        ("许继电气股份有限公司", (None, "许继", "电气", "股份有限公司", None)),
        ("河南森源电气股份有限公司郑州分公司", ("河南", "森源", "电气", "股份有限公司", "郑州分公司")),
        ("许昌市建安区宏达五金店", ("许昌市建安区", "宏达", "五金", "店", None)),
        ("东方电气股份有限公司", (None, "东方", "电气", "股份有限公司", None)),
        ("TCL王牌电器(惠州)有限公司", (None, "TCL", "王牌电器", "有限公司", "惠州")),
        ("上海宏信技术服务中心（有限合伙）", ("上海", "宏信", "技术服务", "中心 有限合伙", None)),
        ("北京德恒律师事务所", ("北京", "德恒", None, "律师事务所", None)),
        ("平高集团有限公司", (None, "平高", None, "集团有限公司", None)),
        ("鄢陵县柏梁镇姚家花木专业合作社", ("鄢陵县柏梁镇", "姚家", "花木", "专业合作社", None)),
        ("招商银行股份有限公司许昌分行", (None, "招商", "银行", "股份有限公司", "许昌分行")),
        ("巍山县客货运输服务有限公司", ("巍山县", None, "客货运输服务", "有限公司", None)),
        ("大商集团抚顺商业城有限公司", (None, "大商", "商业城", "有限公司", "抚顺")),
        ("侯马经济开发区鑫达顺贸易有限公司", ("侯马经济开发区", "鑫达顺", "贸易", "有限公司", None)),
        ("ＴＣＬ通力電子（惠州）有限公司", (None, "TCL", "通力電子", "有限公司", "惠州")),
        ("郑州瑞泰机械设备有限公司【合成】", ("郑州", "瑞泰", "机械设备", "有限公司", None)),
        ("华为", (None, "华为", None, None, None)),
        ("", (None, None, None, None, None)),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str | None, ...]) -> None:
    """Place, brand, trade, form and branch are told apart as the rules for company names order them."""
    assert parse_name(name) == CompanyName(*parts)


@given(st.text(max_size=40))
def test_any_text_has_parts(text: str) -> None:
    """No text makes the grammar fail, and every part is in the text."""
    parts = parse_name(text)
    said = "".join(narrow(text).split())
    for part in (parts.place, parts.brand, parts.trade, parts.branch):
        assert part is None or "".join(part.split()) in said.replace("(", "").replace(")", "") + said


@pytest.mark.parametrize(
    "name",
    [
        "上海电气（许昌）有限公司",
        "上海电气(许昌)有限公司",
        "上海电气 许昌　有限公司",
        "上海电气【许昌】有限公司。",
    ],
)
def test_one_key_for_all_spellings(name: str) -> None:
    """Brackets, blanks, width and punctuation make no other firm."""
    assert normalise_name(name) == "上海电气许昌有限公司"


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    """Normalising twice changes nothing more."""
    once = normalise_name(text)
    assert normalise_name(once) == once


def test_parts_read_by_hand(shared: Path) -> None:
    """Of 150 real names that the grammar was not tuned on, the parts are as a reader tells them in most."""
    folder = shared / "data/registry"
    names = pa.concat_tables([pq.read_table(f, columns=["name"]) for f in sorted(folder.glob("*.parquet"))])
    drawn, labels = labelled(names["name"])
    right = [same(ours(name), label) for name, label in zip(drawn[1::2], labels[1::2], strict=True)]
    shares = [sum(each) / len(right) for each in zip(*right, strict=True)]
    assert all(share >= least for share, least in zip(shares, (0.9, 0.8, 0.8, 0.93, 0.93), strict=True))
