"""Classification of firms by name and scope, seen from outside."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.reference import is_industry
from liandong.registry.classify import classify, classify_table, explain
from liandong.registry.schema import CANDIDATES, INDUSTRY

LETTERS = st.sampled_from("生产销售加工制造水泥面粉服装汽车配件零售批发有限公司厂店、,;。:()【】及和的 A1\n")


def best(name: str, scope: str | None) -> str | None:
    """The answer of one firm."""
    found = classify([name], [scope])[0]
    return found[0].code if found else None


@pytest.mark.parametrize(
    ("name", "scope", "code"),
    [
        ("东风桥面粉厂", "小麦粉加工、销售。", "1312"),
        ("宏远陶瓷有限公司", "销售:建筑陶瓷、卫生洁具。", "5165"),
        ("宏远陶瓷厂", "日用陶瓷", "3074"),
        ("青山镇惠民种植专业合作社", "大蒜种植、销售;为成员提供农业生产资料的购买", "0141"),
        ("安康大药房", "中成药、中药饮片零售", "5251"),
        ("新城房地产开发有限公司", "房地产开发、销售;物业管理。", "7010"),
        ("通达汽车修理厂", "二类机动车维修(小型车辆维修)", "8111"),
        ("中部水泥有限公司", None, "3011"),
        ("平安物业服务有限公司", "物业管理;保洁服务", "7020"),
        ("丰收农机专业合作社", "农机作业服务", "0512"),
        ("青山露营用品有限公司", "国内贸易", "5142"),
        ("青山镇供销合作社农资经营店", "化肥、农膜、农药", "5299"),
        ("万舜金属制品有限公司", "生产:钢丝;销售:金属制品", "3340"),
        ("天成木业有限公司", "生产销售电工木质绝缘板、胶合板", "3834"),
        ("捷成达商贸有限公司", "道路普通货物运输", "5431"),
        ("东尚园林工程有限公司", "园林工程设计、施工", "4891"),
    ],
)
def test_thing_and_activity_give_the_class(name: str, scope: str | None, code: str):
    """What is named and what is done with it decide together."""
    assert best(name, scope) == code


def test_what_is_done_changes_the_class():
    """The same goods are made, sold, sold by retail, or mended in different classes."""
    answers = [best("恒信有限公司", f"水泥{acts}") for acts in ("生产", "批发", "零售")]
    assert answers == ["3011", "5165", "5289"]


def test_last_activity_governs_the_list_before_it():
    """木门、木窗的制造、销售 is making, although only the last item says so."""
    assert best("恒信有限公司", "木门、木窗、木线条的制造、销售") == "2032"


def test_brackets_and_formulas_say_nothing():
    """Licences, exceptions and the right to import do not change the answer."""
    plain = classify(["恒信有限公司"], ["面粉加工"])
    full = classify(
        ["恒信有限公司"],
        ["许可经营项目:面粉加工(不含饲料)。(依法须经批准的项目,经相关部门批准后方可开展经营活动)"],
    )
    assert full == plain


def test_a_trader_by_name_sells_what_it_says_it_makes():
    """A 商贸 company whose scope starts with making is trade."""
    assert best("恒信商贸有限公司", "生产、销售:化肥") == "5166"


@pytest.mark.parametrize(
    ("name", "scope"), [("", None), ("恒信有限公司", ""), ("ABC", "????"), ("N/A", "N/A")]
)
def test_nothing_known_is_empty(name: str, scope: str | None):
    """Without evidence there is no candidate."""
    assert classify([name], [scope]) == [[]]


def test_explanation_names_the_deciding_term():
    """The weightiest term of the answer is shown with its place."""
    explanation = explain("恒信有限公司", "面粉加工;场地租赁")
    assert (explanation.terms[0].term, explanation.terms[0].where, explanation.terms[0].code) == (
        "面粉加工",
        "面粉加工",
        "1312",
    )
    assert explanation.candidates[0].code == "1312"


@settings(max_examples=300, deadline=None)
@given(
    st.text(LETTERS | st.characters(), max_size=40),
    st.none() | st.text(LETTERS, max_size=120),
)
def test_any_text_has_an_answer_in_the_standard(name: str, scope: str | None):
    """Whatever is written: codes exist and differ, confidences are probabilities, twice gives the same."""
    answer = classify([name], [scope])[0]
    codes = [candidate.code for candidate in answer]
    assert all(is_industry(code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert all(0 <= candidate.confidence <= 1 for candidate in answer)
    assert classify([name], [scope])[0] == answer


def table() -> pa.Table:
    """Four firms; the industry of the second was given."""
    return pa.table(
        {
            "name": ["甲水泥厂", "乙面粉厂", "丙", "丁养猪场"],
            "scope": ["水泥生产", "面粉加工", None, "生猪养殖"],
            "industry": pa.array([None, "1311", None, None], pa.string()),
            "industry_confidence": pa.array([None, 1.0, None, None], pa.float32()),
            "industry_source": pa.array([None, "given", None, None], pa.string()),
            "industries": pa.array([None, [("1311", 1.0)], None, None], CANDIDATES),
        }
    )


def test_table_keeps_what_was_given():
    """A given industry stays, the others are classified, the unknown is null."""
    found = classify_table(table())
    assert found["industry"].to_pylist() == ["3011", "1311", None, "0313"]
    assert found["industry_source"].to_pylist() == ["classified", "given", None, "classified"]
    assert [len(codes) > 0 for codes in found["industries"].to_pylist()] == [True, True, False, True]
    assert found.schema == table().schema


def test_table_without_the_columns_gets_them():
    """A plain table of names and scopes gains the four columns, in the order of the schema."""
    found = classify_table(table().select(["name", "scope"]))
    assert found.column_names == ["name", "scope", *INDUSTRY]
    assert found["industry"].to_pylist() == ["3011", "1312", None, "0313"]


def test_empty_table_stays_empty():
    """No rows in, no rows out, with the columns."""
    found = classify_table(table().select(["name", "scope"]).slice(0, 0))
    assert (found.num_rows, found.column_names) == (0, ["name", "scope", *INDUSTRY])


def test_confidence_of_the_table_is_that_of_the_first_candidate():
    """industry and its confidence repeat the head of industries."""
    found = classify_table(table().select(["name", "scope"])).to_pylist()
    heads = [(row["industries"] or [{"code": None, "confidence": None}])[0] for row in found]
    assert [(row["industry"], row["industry_confidence"]) for row in found] == [
        (head["code"], head["confidence"]) for head in heads
    ]


def test_processes_do_not_change_the_result():
    """Two processes give what one gives, in the same order, and progress ends at the last row."""
    big = pa.concat_tables([table().select(["name", "scope"])] * 5_000)
    told: list[tuple[int, int]] = []
    alone = classify_table(big, workers=1, progress=lambda done, rows: told.append((done, rows)))
    assert classify_table(big, workers=2) == alone
    assert told == [(8_192, 20_000), (16_384, 20_000), (20_000, 20_000)]


def test_labelled_firms_of_the_held_out_fold(shared: Path):
    """Of firms that nothing was tuned on, 75% get an accepted class, 88% an accepted division, and 78% the
    division of the label itself."""
    with (shared / "data/registry/industry_dev.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["unclear"] != "true"]
    rows = [row for row in rows if hashlib.sha256(row["uscc"].encode()).digest()[0] % 2 == 1]
    answers = classify([row["name"] for row in rows], [row["scope"] for row in rows])
    codes = [answer[0].code if answer else "" for answer in answers]
    accepted = [{row["primary"], *filter(None, row["accept"].split(";"))} for row in rows]
    classes = sum(code in right for code, right in zip(codes, accepted, strict=True))
    divisions = sum(
        code[:2] in {other[:2] for other in right} for code, right in zip(codes, accepted, strict=True)
    )
    strictly = sum(code[:2] == row["division"] for code, row in zip(codes, rows, strict=True))
    assert classes >= 0.75 * len(rows)
    assert divisions >= 0.88 * len(rows)
    assert strictly >= 0.78 * len(rows)
