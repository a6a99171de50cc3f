import pytest

from liandong.documents import read_text
from liandong.facts import extract


def numbers(sentence: str) -> list[tuple[str | None, str | None, str]]:
    """Value, qualifier and quote of the facts with a number."""
    page = read_text(sentence * 2 + "洛阳市今年加快发展,洛阳市信心更足。", origin="x.txt", region="洛阳市")
    found = [(fact.value, fact.qualifier, fact.quote) for fact in extract(page) if fact.value]
    return found[: len(found) // 2]


@pytest.mark.parametrize(
    ("sentence", "qualifier", "quote"),
    [
        ("洛阳市轴承产业规模超过1200亿元。", "超过", "超过1200亿元"),
        ("洛阳市轴承产业规模近1200亿元。", "近", "近1200亿元"),
        ("洛阳市轴承产业规模1200亿元以上。", "以上", "1200亿元以上"),
        ("洛阳市轴承产业规模约1200亿元。", "约", "约1200亿元"),
    ],
)
def test_a_bound_is_kept_and_stands_in_the_quote(sentence: str, qualifier: str, quote: str):
    """1200亿元以上 is not 1200亿元, and the reader sees it in the sentence that is quoted."""
    ((value, found, text),) = numbers(sentence)
    assert (value, found, text.endswith(quote)) == ("120000000000", qualifier, True)


def test_an_exact_number_has_no_bound():
    """Nothing is put before a number that stands alone."""
    assert numbers("洛阳市高新技术企业1549家。") == [("1549", None, "洛阳市高新技术企业1549家")]


@pytest.mark.parametrize(
    "denied", ["不再新增化工园区3个", "没有新增高新技术企业200家的计划", "尚未建成标准厂房20栋"]
)
def test_what_is_denied_is_not_stated(denied: str):
    """A number behind a negation is no fact."""
    assert numbers(f"洛阳市{denied}。") == []
