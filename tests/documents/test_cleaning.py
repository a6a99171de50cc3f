"""The article of a flattened page."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.documents import Span, fold, read_bytes
from liandong.documents.cleaning import article, ranges
from liandong.documents.lines import Use, lines, use
from tests.documents.own_time import within_own_time


def body_of(text: str) -> str:
    page = read_bytes(text.encode(), origin="page.txt")
    return "\n".join(page.raw[span.start : span.end] for span in page.body)


def characters(spans) -> set[int]:
    return {index for start, end in spans for index in range(start, end)}


def f1(found: set[int], wanted: set[int]) -> float:
    return 2 * len(found & wanted) / (len(found) + len(wanted))


ARTICLE = """5月8日上午，开发区举行集中签约仪式，共签约项目12个，总投资86.5亿元。
签约项目包括：
1.半导体封装测试项目，总投资20亿元
2.新材料产业园项目，总投资15亿元
下一步，开发区将强化要素保障，推动项目早开工、早投产。"""
HEAD = """首页
新闻
当前位置：首页 > 要闻 > 正文
开发区集中签约12个项目
发布日期：2024-05-08 09:30 信息来源：市商务局 浏览次数：1024 字体：[大 中 小]
分享：
"""


def test_the_article_stands_between_masthead_and_credits():
    """Menu, page line, credits, link list and licence lines are noise; items of the article are not."""
    tail = """
（记者 甲乙 通讯员 丙丁）
【打印】 【关闭】
相关链接
· 某地高速公路完成投资18.7亿元
· 关于印发统计管理办法的通知
主办：某市人民政府办公室 承办：某市大数据局
Copyright © 2024 豫ICP备05000000号"""
    assert body_of(HEAD + ARTICLE + tail) == ARTICLE


def test_full_sentences_below_the_credits_are_noise():
    """What other pages say in whole sentences, and what readers comment, is not the article."""
    tail = """
编辑 | 甲乙
END
往期推荐
重磅！某地发布新政，最高补贴1亿元。
喜欢此内容的人还喜欢
另一座城市又一个千亿项目开工了，总投资超过1200亿元，建成后将带动就业3万人。
精选留言
家乡发展越来越好，明年产值肯定突破500亿元！"""
    assert body_of(ARTICLE + tail) == ARTICLE


def test_teasers_cut_off_with_dots_are_noise():
    """A list of teasers with their times is noise even without a heading of its own."""
    tail = """

每周股票复盘：某高速（60...
截至2025年10月10日收盘，某高速报收于10....
2025-10-12 08:57:17
白银价格也创新高！
在今年黄金价格震荡上涨的同时，白银近日也迎...
2025-10-12 08:56:49"""
    assert body_of(ARTICLE + tail) == ARTICLE


def test_the_signature_of_a_notice_is_its_end():
    """Who signs and the day, right below the last paragraph, are part of a notice."""
    notice = (
        "各有关单位：\n现将申报工作有关事项通知如下，请认真组织实施。\n某市工业和信息化局\n2024年10月28日"
    )
    assert body_of(notice + "\n\n【打印】 【关闭】") == notice


def test_furniture_inside_an_article_is_cut_out():
    """A link or a caption in the middle splits the body and is in neither part."""
    first, second = ARTICLE.split("\n")[0], ARTICLE.split("\n")[-1]
    assert body_of(f"{first}\n点击下方卡片，关注我们\n▲项目效果图\n{second}") == f"{first}\n{second}"


def test_a_plain_text_is_all_article():
    """A text without any furniture is kept whole, headings and items included."""
    text = "开发区招商指南\n区位优势\n开发区位于某市东部，规划面积35平方公里。\n投资成本\n工业用地：12万元/亩"
    assert body_of(text) == text


def test_a_table_without_a_sentence_is_article():
    """Items longer than menu words are what a page without sentences has to say."""
    text = "开发区工业用地价格：12万元/亩\n开发区工业用电价格：0.62元/千瓦时\n开发区工业用水价格：3.2元/吨"
    assert body_of(text) == text


def test_windows_line_ends_stay_in_raw():
    """Line ends are characters of raw like any other; offsets count them."""
    text = (HEAD + ARTICLE).replace("\n", "\r\n")
    page = read_bytes(text.encode(), origin="page.txt")
    assert (page.raw, [page.raw[s.start : s.end] for s in page.body]) == (
        text,
        [ARTICLE.replace("\n", "\r\n")],
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2025-06-19 21:58:42", Use.MOMENT),
        ("3小时前", Use.MOMENT),
        ("来源:许昌日报  时间:2025-06-18 07:41:20", Use.MASTHEAD),
        ("早盘内参 2024-10-31 08:20 9.7万人已读", Use.MASTHEAD),
        ("责编:甲乙丙 | 审校:丁戊 | 审核:己庚", Use.CREDITS),
        ("文/图 甲乙丙、丁戊 编辑 己庚辛", Use.CREDITS),
        ("点赞 157  在看 32", Use.BUTTON),
        ("分享到:微博 微信 赞(218) 评论(46)", Use.BUTTON),
        ("您现在的位置:公示公告 > 通知", Use.CRUMB),
        ("要闻 | 时政 | 经济 | 社会 | 图片", Use.CRUMB),
        ("相关内容", Use.SECTION),
        ("【热门资讯】 更多>>", Use.SECTION),
        ("上一篇:没有了", Use.LINK),
        ("豫公网安备 41000000000000号", Use.LEGAL),
        ("新闻热线:0374-1234567", Use.LEGAL),
        ("免责声明:本网转载内容不代表本网观点。", Use.NOTICE),
        ("英、法、德领导人发表联合声...", Use.TEASER),
        ("图源:视觉中国", Use.CAPTION),
        ("12,345", Use.NUMBER),
        ("创新驱动产业转型升级,布局未来", Use.PLAIN),
        ("位置:园区位于市区东北部,紧邻高速", Use.PLAIN),
        ("咨询电话:12333,联系人:李科长。", Use.PROSE),
        ("6月19日,产业转移合作对接活动在上海开幕。", Use.PROSE),
        ("本报讯(记者 甲乙丙)《引育办法(2024年修订)》近日印发,4月1日起施行。", Use.PROSE),
        ("2024年10月,全市发放消费红包5000万元。", Use.PROSE),
    ],
)
def test_a_line_shows_what_it_is_for(line, found):
    """Each use is told by the words and the shape of one line."""
    assert use(line) == found


@settings(deadline=None)
@given(st.lists(st.sampled_from([*ARTICLE.splitlines(), *HEAD.splitlines(), "", "2024-05-08", "推荐阅读"])))
def test_the_same_text_gives_the_same_ranges_ascending_and_disjoint(parts):
    """Ranges ascend, do not touch, begin and end in words, and depend on the text alone."""
    text = "\n".join(parts)
    found = within_own_time(lambda: lines(fold(text)))
    spans = within_own_time(lambda: ranges(found, article(found)))
    again = lines(fold(text))
    bounds = [bound for span in spans for bound in (span.start, span.end)]
    assert bounds == sorted(set(bounds))
    assert [text[s.start : s.end].strip() for s in spans] == [text[s.start : s.end] for s in spans]
    assert ranges(again, article(again)) == spans


def test_the_body_of_the_labelled_pages_is_found(labelled):
    """Character F1 of the article is at least 0.98 on every labelled page, held-out ones included."""
    low = {}
    for identifier, page in labelled.items():
        found = read_bytes(page["text"].encode(), origin=identifier).body
        score = f1(
            characters((s.start, s.end) for s in found), characters([(page["body_start"], page["body_end"])])
        )
        if score < 0.98:
            low[identifier] = score
    assert low == {}


def test_the_body_of_the_xuchang_page_has_no_noise(pages):
    """The body of the real page is one range, from its byline to its last sentence."""
    label = json.loads((pages / "xuchang-2025-06-19.json").read_text("utf-8"))
    raw = (pages / "xuchang-2025-06-19.txt").read_bytes()
    page = read_bytes(raw, origin="xuchang")
    end = len(page.raw[: label["body_end"]].rstrip())
    assert page.body == (Span(label["body_start"], end),)


def test_government_reports_are_kept_whole(pages):
    """Of each of the 31 long reports at least 97 in 100 characters are body."""
    pq = pytest.importorskip("pyarrow.parquet")
    rows = pq.read_table(pages / "govreports-2026.parquet", columns=["province", "full_text"]).to_pylist()
    kept = {}
    for row in rows:
        page = read_bytes(row["full_text"].encode(), origin=row["province"])
        kept[row["province"]] = sum(s.end - s.start for s in page.body) / len(page.raw)
    assert {name: share for name, share in kept.items() if share < 0.97} == {}


def test_a_page_pasted_as_one_line_is_cut_at_its_spaces_and_sentences():
    """Menu, page line, credits and links of a line are found as those of lines; offsets stay the line's."""
    article = ARTICLE.splitlines()
    text = " ".join(
        [
            *HEAD.removesuffix("分享：\n").split(),
            *article,
            *article,
            *article,
            "（记者 甲乙）",
            "责任编辑：丙丁",
            "相关链接",
            "某地高速公路完成投资",
        ]
    )
    page = read_bytes(text.encode(), origin="page.txt")
    assert (page.raw, page.published, "".join(page.raw[s.start : s.end] for s in page.body)) == (
        text,
        "2024-05-08T09:30",
        " ".join(article * 3),
    )


def test_a_long_paragraph_is_not_cut():
    """A line of an article alone stays one range, whatever spaces it has."""
    text = "开发区 入驻企业92家。其中 高新技术企业21家，总投资86.5亿元。" * 20
    assert read_bytes(text.encode(), origin="x").body == (Span(0, len(text)),)


def test_labelled_pages_as_one_line_keep_their_bodies(labelled):
    """Line ends lost, the body is found as well as with them: F1 by characters at least 0.98 on each."""
    scores = {}
    for identifier, page in labelled.items():
        text = page["text"].replace("\r", " ").replace("\n", " ")
        body = {i for i in range(page["body_start"], page["body_end"]) if not text[i].isspace()}
        kept = {
            i
            for span in read_bytes(text.encode(), origin="x").body
            for i in range(span.start, span.end)
            if not text[i].isspace()
        }
        scores[identifier] = f1(kept, body)
    assert {identifier: score for identifier, score in scores.items() if score < 0.98} == {}
