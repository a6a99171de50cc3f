"""Web pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.documents import read_bytes
from liandong.documents.markup import is_markup, visible
from tests.documents.own_time import within_own_time


def test_raw_of_a_web_page_is_what_a_reader_sees():
    """Blocks and breaks end lines, cells are apart, entities are resolved; the rest is not text."""
    source = """<%@ page pageEncoding="UTF-8"%><!DOCTYPE html><html><head><title>标题 - 网站</title>
    <style>p {color: red}</style><script>if (a < b) document.write("<p>x</p>")</script></head><body>
    <!-- <p>不显示</p> --><h1>标题</h1><p>高新技术企业<b>549</b>家，<br>占&nbsp;12&#37;。</p>
    <c:param name="x"> true </c:param><table><tr><td>项目</td><td>30个</td></tr></table>
    <noscript>请打开脚本</noscript><a href="<%=path%>?a=1>2">更多</a></body></html>"""
    page = visible(source)
    assert (page.text, page.title, page.headings) == (
        "标题\n高新技术企业549家，\n占 12%。\n项目\t30个\n更多",
        "标题 - 网站",
        [(0, 2)],
    )


def test_preformatted_lines_stay_lines():
    """White space ends a line only in <pre>."""
    assert visible("<html><p>一\n二</p><pre>三\n四</pre><p>五\n六</p>").text == "一 二\n三\n四\n五 六"


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<!DOCTYPE html><p>许昌", True),
        ('<%@ page pageEncoding="UTF-8"%>', True),
        ("<p>一</p><p>二</p>", True),
        ("许昌有549家企业，a<b，b>c。", False),
        ("<前三季度>全市完成投资", False),
    ],
)
def test_markup_is_told_from_text(text, markup):
    """A page is HTML by its tags, whatever its file is called."""
    assert is_markup(text) == markup


ARTICLE = [
    "5月8日上午，开发区举行集中签约仪式，共签约项目12个，总投资86.5亿元，涉及新材料、智能装备等领域。",
    "下一步，开发区将强化要素保障，推动项目早开工、早投产，力争全年完成固定资产投资120亿元。",
    "开发区管委会有关负责人介绍，园区已有规模以上工业企业68家，其中高新技术企业21家。",
]
WEB = f"""<html><head><title>开发区集中签约12个项目_要闻_某网</title>
<meta name="ContentSource" content="市商务局"><meta name="PubDate" content="2024-05-08 09:30"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a">要闻</a></div>
<div class="main"><h1>开发区集中签约12个项目</h1><div class="article"><p>{ARTICLE[0]}</p><p>{ARTICLE[1]}</p>
<p>{ARTICLE[2]}</p></div><div class="editor">责任编辑：甲乙丙</div></div>
<div class="side"><ul><li><a href="/1">某地高速公路完成投资18.7亿元</a></li></ul></div>
<div class="footer">Copyright 豫ICP备05000000号</div></body></html>"""


def test_the_article_of_a_web_page_is_exact_ranges_of_raw():
    """Body ranges are whole lines of the visible text; title, time and source come from line or markup."""
    page = read_bytes(WEB.encode("gb18030"), origin="page.html")
    assert (
        "\n".join(page.raw[s.start : s.end] for s in page.body),
        page.title,
        page.published,
        page.source,
    ) == (
        "\n".join(ARTICLE),
        "开发区集中签约12个项目",
        "2024-05-08T09:30",
        "市商务局",
    )
    assert [(c.role, c.names) for c in page.credits] == [("责任编辑", ("甲乙丙",))]


def test_what_only_the_markup_says_has_no_place():
    """A time and source of meta tags are given without a span."""
    page = read_bytes(WEB.encode(), origin="page.html")
    assert (page.published_span, page.source_span) == (None, None)


PIECES = [
    "<p>",
    "</p>",
    "<div a='",
    '"',
    "'",
    ">",
    "<",
    "<!--",
    "-->",
    "<%",
    "%>",
    "<script>",
    "</h1>",
    "<h1>",
    "&",
    "许昌",
    " ",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_broken_markup_never_breaks_the_reader(pieces):
    """Any mixture of tags gives text whose headings lie in it."""
    page = within_own_time(lambda: visible("".join(pieces)))
    assert all(page.text[start:end].strip() for start, end in page.headings)
