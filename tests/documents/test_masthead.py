"""Title, time, source and credits."""

import csv

import pytest

from liandong.documents import Credit, Span, read, read_bytes

SENTENCE = "全市重点项目完成投资512.6亿元，占年度计划的48.3%，高于去年同期。"


def page_of(text: str, **given: str):
    return read_bytes(text.encode(), origin="page.txt", **given)


def credits_of(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    page = page_of(text)
    return [(c.role, c.names, page.raw[c.span.start : c.span.end]) for c in page.credits]


def test_title_time_and_source_stand_above_the_article():
    """Each is given with the place where the page says it."""
    page = page_of(
        f"要闻 > 正文\n产业带建设提速\n2025-06-18 07:41:20　来源：许昌日报　作者：甲乙丙\n\n{SENTENCE}"
    )
    assert (page.title, page.published, page.source, page.credits) == (
        "产业带建设提速",
        "2025-06-18T07:41:20",
        "许昌日报",
        (Credit("作者", ("甲乙丙",), Span(44, 50)),),
    )
    places = (page.title_span, page.published_span, page.source_span)
    assert [page.raw[s.start : s.end] for s in places if s] == [
        "产业带建设提速",
        "2025-06-18 07:41:20",
        "许昌日报",
    ]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2025-06-19", "2025-06-19"),
        ("2024年03月21日 来源：淮安日报", "2024-03-21"),
        ("发布时间：2024/5/8 9:05", "2024-05-08T09:05"),
        ("发稿时间：2019.8.21", "2019-08-21"),
        ("2025年6月19日 星期四 21时58分", "2025-06-19T21:58"),
        ("来源：许昌日报", None),
        ("2024-13-45 来源：许昌日报", None),
    ],
)
def test_the_page_line_gives_the_time(line, published):
    """Common ways of writing a time become ISO; what is no day is no time."""
    assert page_of(f"产业带建设提速\n{line}\n\n{SENTENCE}").published == published


def test_the_nearest_page_line_counts_not_the_date_of_the_day():
    """A site's date of today at the top is not the time of the article."""
    text = f"2025年6月19日 星期四\n产业带建设提速\n来源：许昌日报 时间：2025-06-18 07:41\n\n{SENTENCE}"
    assert page_of(text).published == "2025-06-18T07:41"


def test_a_given_time_overrules_the_page():
    """What the caller knows stands, and no place in the page is claimed for it."""
    page = page_of(f"产业带建设提速\n2025-06-18\n\n{SENTENCE}", published="2025-06-17", region="许昌市")
    assert (page.published, page.published_span, page.region) == ("2025-06-17", None, "许昌市")


def test_names_without_labels_are_the_medium_and_its_author():
    """A page line may give medium, person and time bare; the person then has no role."""
    page = page_of(f"产业带建设提速\n某某观察　甲乙丙　2025-06-18 07:41\n\n{SENTENCE}")
    assert (page.source, page.credits) == ("某某观察", (Credit("", ("甲乙丙",), Span(13, 16)),))


def test_a_main_title_is_preferred_to_its_subtitle():
    """The line that opens with a dash is the subtitle."""
    text = f"产业带建设提速\n——许昌市推进重点项目建设综述\n2025-06-18\n\n{SENTENCE}"
    assert page_of(text).title == "产业带建设提速"


def test_text_alone_has_no_masthead():
    """A page that says nothing of itself has no title, time, source or credits."""
    page = page_of(SENTENCE)
    assert (page.title, page.published, page.source, page.credits) == (None, None, None, ())


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        (
            "【大河财立方 记者 甲乙 丙丁戊 文 己庚 辛壬 摄影】",
            [
                ("记者", ("甲乙", "丙丁戊"), "记者 甲乙 丙丁戊 文"),
                ("摄影", ("己庚", "辛壬"), "己庚 辛壬 摄影"),
            ],
        ),
        ("（株洲10月18日讯，记者 甲乙）", [("记者", ("甲乙",), "记者 甲乙")]),
        (
            "本报讯（记者 甲乙丙 通讯员 丁戊）",
            [("记者", ("甲乙丙",), "记者 甲乙丙"), ("通讯员", ("丁戊",), "通讯员 丁戊")],
        ),
        ("（2024年修订）", []),
    ],
)
def test_the_bracket_that_opens_the_article_names_its_authors(byline, found):
    """Roles stand before or after their names; the bracket stays in the body."""
    text = byline + SENTENCE
    assert (credits_of(text), page_of(text).body) == (found, (Span(0, len(text)),))


def test_a_medium_in_the_byline_is_the_source():
    """The name before all roles is the medium."""
    page = page_of(f"【大河财立方 记者 甲乙】{SENTENCE}")
    assert (page.source, page.source_span) == ("大河财立方", Span(1, 6))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "责编:甲乙丙 | 审校:丁戊己 | 监审:庚辛",
            [
                ("责编", ("甲乙丙",), "责编:甲乙丙"),
                ("审校", ("丁戊己",), "审校:丁戊己"),
                ("监审", ("庚辛",), "监审:庚辛"),
            ],
        ),
        (
            "文/图 甲乙丙、丁戊 编辑 己庚",
            [("文/图", ("甲乙丙", "丁戊"), "文/图 甲乙丙、丁戊"), ("编辑", ("己庚",), "编辑 己庚")],
        ),
        ("（责任编辑：甲 乙）", [("责任编辑", ("甲 乙",), "责任编辑：甲 乙")]),
        ("编辑 | 甲乙", [("编辑", ("甲乙",), "编辑 | 甲乙")]),
    ],
)
def test_the_line_below_the_article_names_its_editors(line, found):
    """Fields with a colon, a bar or a space; the line is not body."""
    text = f"{SENTENCE}\n\n{line}"
    assert (credits_of(text), page_of(text).body) == (found, (Span(0, len(SENTENCE)),))


def test_credits_in_the_list_of_other_pages_are_not_of_this_page():
    """Below the heading of a link list nothing is credited."""
    assert credits_of(f"{SENTENCE}\n编辑：甲乙\n相关新闻\n编辑：丙丁") == [("编辑", ("甲乙",), "编辑：甲乙")]


def test_every_label_of_the_tuned_pages_is_found(labelled):
    """Each labelled title, time, source and credit of the shared pages lies in a span that the page gives."""
    missing = []
    for identifier, label in labelled.items():
        page = read_bytes(label["text"].encode(), origin=identifier)
        spans = [page.title_span, page.published_span, page.source_span, *(c.span for c in page.credits)]
        for fact in label["facts"]:
            if fact["kind"] == "meta" and not any(
                s and s.start < fact["end"] and fact["start"] < s.end for s in spans
            ):
                missing.append((identifier, fact["indicator"], fact["value_text"]))
    assert missing == []


def test_titles_and_times_of_the_shared_web_pages(pages):
    """At least 97 in 100 of the labelled titles and times of the 191 raw pages are right."""
    with (pages / "html" / "index.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["title"] or row["published"]]
    titles, times = [], []
    for row in rows:
        page = read(pages / "html" / row["file"])
        if row["title"]:
            titles.append("".join((page.title or "").split()) == "".join(row["title"].split()))
        if row["published"]:
            times.append((page.published or "")[:10] == row["published"])
    assert (sum(titles) / len(titles) >= 0.97, sum(times) / len(times) >= 0.97) == (True, True)


def test_names_in_traditional_characters_stay_as_written():
    """The role is found on the side copy; the person keeps the page's own characters."""
    text = "開發區舉行簽約儀式，共簽約項目12個，總投資86.5億元。\n責任編輯：許瑋寧\n"
    page = read_bytes(text.encode(), origin="x")
    assert [(credit.role, credit.names) for credit in page.credits] == [("责任编辑", ("許瑋寧",))]


def test_the_byline_below_a_heading_in_the_body_is_read():
    """Where the first line is the title, the second opens the article."""
    text = "许昌市经济运行情况\n【某报 记者 甲乙丙 文】6月19日，签约项目12个。\n其中外资项目3个。\n"
    page = read_bytes(text.encode(), origin="x")
    assert (page.title, page.source, [(c.role, c.names) for c in page.credits]) == (
        "许昌市经济运行情况",
        "某报",
        [("记者", ("甲乙丙",))],
    )
