from dataclasses import replace

import pytest

from liandong.documents import Credit, Page, Span
from liandong.errors import InputError
from liandong.facts import Fact, Ground, Kind
from liandong.workspace import store

store.setup()

from liandong.workspace import library  # noqa: E402 # models can be imported only once Django is set up

PAGE = Page(
    raw="许昌高新技术企业549家。责编:甲",
    body=(Span(0, 13),),
    sha256="a" * 64,
    encoding="utf-8",
    origin="page.txt",
    title="许昌",
    title_span=Span(0, 2),
    published="2025-06-19",
    credits=(Credit("责编", ("甲",), Span(13, 17)),),
    region="许昌",
)
FACT = Fact(
    page=PAGE.sha256,
    kind=Kind.INDICATOR,
    subject="许昌",
    indicator="高新技术企业",
    quote="高新技术企业549家",
    start=2,
    end=12,
    value="549",
    unit="家",
    value_text="549家",
    value_start=8,
    value_end=12,
    basis={"subject": Ground("stated", 0, 2), "modality": Ground("default")},
)


@pytest.fixture
def opened(database: str) -> None:
    """An open, empty store."""
    store.open_store(database)


@pytest.mark.usefixtures("opened")
def test_a_page_and_its_facts_come_back_equal():
    """Every field survives the store, spans and grounds included."""
    library.keep(PAGE, [FACT])
    assert (library.pages(), library.facts()) == ([PAGE], [FACT])


@pytest.mark.usefixtures("opened")
def test_adding_a_page_twice_changes_nothing():
    """A page is known by its bytes."""
    assert [library.keep(PAGE, [FACT]), library.keep(PAGE, [FACT])] == [True, False]
    assert len(library.facts()) == 1


@pytest.mark.usefixtures("opened")
def test_a_rejected_fact_is_left_out_until_accepted_again():
    """The newest review counts; the fact itself is never deleted."""
    library.keep(PAGE, [FACT])
    seen = []
    for verdict in ("rejected", "accepted"):
        library.review(FACT.id, verdict, by="officer")
        seen.append((library.facts(), library.accepted(), library.facts(include_rejected=True)))
    assert seen == [([], set(), [FACT]), ([FACT], {FACT.id}, [FACT])]


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("fact", "verdict"), [("nothing", "accepted"), (FACT.id, "liked")])
def test_a_review_of_nothing_is_refused(fact: str, verdict: str):
    """Only kept facts are reviewed, and only with a verdict that there is."""
    library.keep(PAGE, [FACT])
    with pytest.raises(InputError):
        library.review(fact, verdict, by="officer")
    assert library.accepted() == set()


@pytest.mark.usefixtures("opened")
def test_an_unknown_page_is_named():
    """The page asked for stands in the error."""
    with pytest.raises(InputError) as raised:
        library.page("b" * 64)
    assert raised.value.file == "b" * 64


@pytest.mark.parametrize(
    ("named", "region"), [("宜昌市", "宜昌市"), ("湖北省", "许昌"), ("许昌市", "许昌"), (None, "许昌")]
)
def test_a_page_of_another_city_stays_that_citys(named: str | None, region: str):
    """全市 on a page that plainly speaks for 宜昌 is not 许昌, whoever keeps the page."""
    assert library.of_city(replace(PAGE, region=named), "许昌").region == region
