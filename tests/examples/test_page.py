from __future__ import annotations

import re
from pathlib import Path

import pytest

from liandong.documents import read
from liandong.examples import xuchang

# Names of things stay as they are; a run may be long because it is such a name.
NAMES = (
    "2025河南长三角地区产业转移合作对接活动",
    "2024年全国城市科技创新竞争力百强市",
    "国家级中小企业特色产业集群",
    "国家战略性新兴产业集群",
    "国家创新型产业集群",
    "国家先进制造业集群",
)
FIGURES = ("千亿元", "19家", "21家", "549家", "1549家", "92个", "1181名", "481项", "71家", "30个")
RUN = 20


def letters(text: str) -> str:
    """The text without punctuation and blanks: changed commas make no sentence ours."""
    return re.sub(r"[\W_]+", "", text)


def shared_runs(ours: str, theirs: str, length: int) -> set[str]:
    windows = {theirs[start : start + length] for start in range(len(theirs) - length + 1)}
    return {ours[start : start + length] for start in range(len(ours) - length + 1)} & windows


def article() -> str:
    page = read(xuchang.PAGE)
    return "".join(page.raw[span.start : span.end] for span in page.body)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_stands_once_in_the_article(figure: str):
    """Each figure of the report is told once, with its unit, inside the body."""
    assert len(re.findall(rf"(?<!\d){figure}", article())) == 1


def test_the_noise_is_not_the_article():
    """Teasers, counters and the editors' chain lie outside the body."""
    body = article()
    noise = (
        "相关内容",
        "热门资讯",
        "责编",
        "声明",
        "大河财立方",
        "阅读 1286",
        "45个",
        "1068.42",
        "312.6亿元",
        "农历",
    )
    assert [word for word in noise if word in body] == []


def test_the_page_gives_title_time_and_source():
    """The headline, the time of the report and the neutral source are read from the head."""
    page = read(xuchang.PAGE)
    assert (page.title, page.published, page.source) == (
        "许昌赴沪推介产业:“633”体系搭起梯队,“一带一圈两谷”铺开版图",
        "2025-06-19T21:58:42",
        "链动示例",
    )


def test_the_page_says_what_it_is():
    """It names the report that it retells, and that its teasers are no news."""
    text = xuchang.PAGE.read_text(encoding="utf-8")
    assert "依据大河财立方2025年6月19日的公开报道" in text
    assert "均非真实新闻" in text


@pytest.mark.real
def test_no_sentence_is_the_reports(shared: Path):
    """Apart from names of things the page shares no run of twenty letters with the report."""
    theirs = letters((shared / "data/pages/xuchang-2025-06-19.txt").read_text(encoding="utf-8"))
    ours = letters(xuchang.PAGE.read_text(encoding="utf-8"))
    for name in NAMES:
        ours, theirs = ours.replace(name, "\n"), theirs.replace(name, "\r")
    assert shared_runs(ours, theirs, RUN) == set()
