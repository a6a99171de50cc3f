"""The gate: true facts pass, falsified ones do not."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from liandong.documents import Page, Span
from liandong.facts import Fact, Ground, Kind, extract, verify
from tests.facts.alterations import alterations, says
from tests.facts.sample import ARTICLE, labelled, page


def trial(given: Page, chance: random.Random) -> tuple[int, list[tuple[str, Fact]]]:
    """How many alterations of the page's facts were tried, and those that were admitted."""
    facts = extract(given)
    true = {says(fact) for fact in facts}
    tried, admitted = 0, []
    for fact in facts:
        others = (
            [] if fact.kind is Kind.META else [o for o in facts if o is not fact and o.kind is not Kind.META]
        )
        for what, altered in alterations(fact, others, chance):
            if says(altered) in true:
                continue  # the page says this too
            tried += 1
            if not verify(altered, given):
                admitted.append((what, altered))
    return tried, admitted


def test_every_extracted_fact_passes_the_gate():
    """All that `extract` gives is admitted when asked again."""
    given = page(ARTICLE)
    facts = extract(given)
    assert len(facts) > 20
    assert [verify(fact, given) for fact in facts] == [()] * len(facts)


@pytest.mark.parametrize("seed", range(8))
def test_no_altered_fact_is_admitted(seed):
    """A digit, a character, an offset, a field of another fact: each is refused."""
    tried, admitted = trial(page(ARTICLE), random.Random(seed))
    assert tried > 500
    assert admitted == []


def test_no_altered_fact_of_the_labelled_pages_is_admitted(shared: Path):
    """Over ten thousand alterations of the facts of 25 pages, none passes, and every true fact does."""
    chance, tried = random.Random(20250619), 0
    files = [
        *sorted((shared / "data/pages/dev").glob("*.json")),
        shared / "data/pages/xuchang-2025-06-19.json",
    ]
    for file in files:
        given = labelled(file)
        assert all(not verify(fact, given) for fact in extract(given))
        count, admitted = trial(given, chance)
        tried += count
        assert admitted == []
    assert tried >= 10_000


def one(text: str, index: int = 0) -> tuple[Page, Fact]:
    given = page(text)
    return given, extract(given)[index]


def test_a_fact_of_another_page_is_refused():
    """The same words elsewhere are no ground."""
    _, fact = one("许昌高新技术企业549家。")
    assert verify(fact, page("许昌高新技术企业549家。去年。")) == ("page: the fact is of another page",)


def test_a_quote_outside_the_body_is_refused():
    """Noise around the article admits nothing."""
    given, fact = one("许昌高新技术企业549家。")
    shut = replace(given, body=(Span(0, 4),))
    assert verify(fact, shut) == ("quote: not in the body",)


def test_a_changed_digit_says_what_the_page_reads():
    """The reason names the value that stands there."""
    given, fact = one("许昌高新技术企业549家。")
    assert verify(fact.but(value="548"), given) == ("value: the page reads 549",)


def test_another_unit_says_what_the_page_reads():
    """家 is not 户."""
    given, fact = one("许昌高新技术企业549家。")
    assert verify(fact.but(unit="户"), given) == ("unit: the page reads 家",)


def test_a_plan_is_not_a_fact():
    """力争 cannot be made actual."""
    given, fact = one("许昌力争到2027年培育高新技术企业800家。")
    assert fact.modality == "planned"
    assert verify(fact.but(modality="actual"), given) == ("modality: the clause's words give planned",)


def test_a_forged_id_is_refused():
    """The id belongs to what the fact says."""
    given, fact = one("许昌高新技术企业549家。")
    assert verify(replace(fact, value="548"), given) == ("id: not the id of what it says",)


def test_a_proposal_of_someone_else_passes_where_its_words_stand_in_its_quote():
    """Where the grammar is silent, a fact is admitted if all of it stands in its quote, else not."""
    text = "许昌的陶瓷工匠很有名气,胖东来门店也很有名气。"
    given = page(text)
    quote, start = "胖东来门店也很有名气", text.index("胖东来")
    ground = Ground("stated", start, start + len(quote))
    proposal = Fact(
        page=given.sha256,
        kind=Kind.RANK,
        subject="胖东来",
        indicator="门店",
        quote=quote,
        start=start,
        end=start + len(quote),
        value_text="很有名气",
        origin="person",
        basis=dict.fromkeys(("subject", "indicator", "modality"), ground)
        | dict.fromkeys(("period", "region"), Ground("default")),
    )
    assert verify(proposal, given) == ()
    assert verify(proposal.but(subject="陶瓷工匠"), given) == ("subject: does not come from its span",)
