"""Full-text search of the library finds what a reader would find by looking."""

from __future__ import annotations

import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from liandong.workspace import grams, library, library_search
from liandong.workspace.models import FactRecord
from tests.office.conftest import Office


def found(text: str) -> set[str]:
    """Ids of the facts that the search finds."""
    return set(library_search.facts(text).values_list("pk", flat=True))


def looked_up(text: str) -> set[str]:
    """Ids of the facts in which a reader finds all words."""
    return {
        each.pk
        for each in FactRecord.objects.exclude(verdict__in=("rejected", "merged"))
        if all(
            any(word in grams.fold(field) for field in (each.quote, each.subject, each.indicator))
            for word in grams.fold(text).split()
        )
    }


def test_words_of_any_length_are_found(office: Office):
    """One character, two, a phrase, several words, the end of a sentence, digits."""
    for text in ("许", "许昌", "电力装备", "许昌 电力", "产业集群", "2", "亿元", "名", "没有这样的话"):
        assert found(text) == looked_up(text), text


def test_a_page_is_found_by_its_text_and_title(office: Office):
    """A phrase of the body, the title, and nothing for what does not stand there."""
    asked = ("高新技术企业601家", "许昌市国民经济运行情况", "没有这样的话")
    assert [library_search.pages(text).count() for text in asked] == [1, 1, 0]


def test_signs_of_a_query_language_are_characters(office: Office):
    """Quotation marks, stars, brackets and words like AND neither break the search nor steer it."""
    signs = ('"', "*", "许昌*", '"许昌', "NEAR(许", "AND", "OR NOT", "(", ":", "-许昌", "^许", "%", "_", "\\")
    assert [text for text in signs if found(text) != looked_up(text)] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(alphabet=string.printable + "许昌市电力装备,。《》ＡＢ", max_size=12))
def test_any_text_may_be_asked(office: Office, text: str):
    """Whatever is typed, the search answers, and finds nothing that does not stand there."""
    assert found(text) == looked_up(text)


def test_a_fact_that_is_added_is_found(office: Office):
    """What a person puts in the place of a fact is in the index at once."""
    made = library.fact(FactRecord.objects.values_list("pk", flat=True)[0]).but(indicator="新写的指标")
    library.keep_fact(made)
    assert found("新写的指标") == {made.id}
