import json
from pathlib import Path

from liandong.documents import Span, read_bytes
from liandong.documents.home import home_place


def home(text: str) -> str | None:
    return home_place(text, None, [Span(0, len(text))])


def test_the_city_named_most_is_home():
    """Its districts and counties count for it."""
    assert home("许昌发布消息:许昌市长葛市、禹州市、许昌市建安区新建三座园区。") == "许昌市"


def test_a_page_of_a_province_is_the_provinces():
    """Its capital, however often named, is not the home of a page that names the province more."""
    text = "河南省今年发展平稳,河南工业增长,河南外贸回升,郑州市带动全省,郑州市表现突出,河南信心更足。"
    assert home(text) == "河南省"


def test_two_cities_alike_leave_it_open():
    """Never guessed."""
    assert home("许昌、漯河、许昌、漯河、许昌、漯河三地联席会议召开。郑州、洛阳、南阳列席。") is None


def test_a_name_or_two_is_not_enough():
    """A page that names a place in passing does not speak for it."""
    assert home("股价上涨。公司位于许昌。") is None


def test_what_is_given_wins():
    """A person knows better."""
    page = read_bytes(("许昌市许昌市许昌市" * 3).encode(), origin="page.txt", region="南阳市")
    assert page.region == "南阳市"


def test_the_labelled_pages_name_no_wrong_home(shared: Path):
    """Of 25 labelled pages none gets another place than its own, and most get theirs."""
    found = []
    pages = shared / "data" / "pages"
    for file in [*sorted((pages / "dev").glob("*.json")), pages / "xuchang-2025-06-19.json"]:
        page = json.loads(file.read_text("utf-8"))
        place = read_bytes(page["text"].encode(), origin=f"{page['id']}.txt").region
        found.append((page["region_default"] or "", place))
    assert [pair for pair in found if pair[1] and not pair[0].endswith(pair[1])] == []
    assert sum(pair[1] is not None for pair in found) >= 18
