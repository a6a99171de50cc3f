"""Time words against the day a page was published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.facts.dates import Calendar


def periods(text: str, published: str | None = "2025-06-19") -> list[str | None]:
    return [time.period for time in Calendar(published, text).times(text)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("6月19日", "2025-06-19"),
        ("今年1-4月", "2025-01/2025-04"),
        ("前三季度", "2024-01/2024-09"),
        ("今年前三季度", "2025-01/2025-09"),
        ("一季度", "2025-01/2025-03"),
        ("上年", "2024"),
        ("去年产量", "2024"),
        ("截至8月底", "2024-08-31"),
        ("截至2024年末", "2024-12-31"),
        ("“十四五”期间", "2021/2025"),
        ("2019年以来", "2019/2025-06"),
        ("元月", "2025-01"),
        ("昨日", "2025-06-18"),
        ("到2027年", "2027"),
        ("2025年至2027年", "2025/2027"),
        ("2024—2027年", "2024/2027"),
        ("今年8月", "2025-08"),
        ("截至目前", "2025-06"),
        ("上半年", "2025-01/2025-06"),
        ("前11个月", "2024-01/2024-11"),
        ("过去一年", "2024"),
        ("2024年第四季度", "2024-10/2024-12"),
    ],
)
def test_a_time_word_is_resolved_against_the_day_of_the_page(text, period):
    """A month without a year is the last one that had begun by then."""
    assert periods(text) == [period]


@pytest.mark.parametrize("text", ["日前", "近年来", "五年来", "连续8年", "近三年"])
def test_a_word_that_names_no_time_is_unknown(text):
    """It ends what an earlier word governed, and nothing is guessed."""
    assert periods(text) == [None]


@pytest.mark.parametrize("text", ["去年", "6月19日", "前三季度", "目前", "年内"])
def test_an_undated_page_resolves_no_relative_time(text):
    """Without a day to count from the period is unknown."""
    assert periods(text, None) == [None]


def test_an_undated_page_keeps_stated_years():
    """2024年 and 2020年至2022年 need no day of the page."""
    assert periods("2024年,2020年至2022年", None) == ["2024", "2020/2022"]


def test_a_comparison_is_no_time_of_its_own():
    """比上年增长 and 较2015年 say against what, not when."""
    assert periods("比上年增长5%,较2015年提高") == []


def test_a_name_with_a_year_is_no_time():
    """2024年度…名单 is a list's name."""
    assert periods("公布2024年度中小企业名单") == []


def test_today_after_a_dateline_is_the_day_of_the_dateline():
    """A report of 18 October that appears on the 19th means the 18th."""
    assert periods("(株洲10月18日讯)活动今天举行", "2023-10-19")[-1] == "2023-10-18"


@given(st.text(alphabet="0123456789年月日上半前后三季度底末去今截至到以来-—~至", max_size=30))
def test_any_mixture_of_time_words_is_read_without_error(text):
    """Impossible months and days give nothing rather than an error."""
    times = Calendar("2025-02-28").times(text)
    assert all(0 <= time.start < time.end <= len(text) for time in times)
