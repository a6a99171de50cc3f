"""The review page."""

import re
from html import unescape

from liandong.facts import extract, review_page
from tests.facts.sample import ARTICLE, page


def test_the_page_shows_the_whole_text_and_every_fact():
    """Without tags the source is the raw text; each fact has one row."""
    given = page(ARTICLE)
    facts = extract(given)
    html = review_page(given, facts, "zh")
    source = re.search(r"<pre[^>]*>(.*?)</pre>", html, re.S)
    assert source is not None
    assert unescape(re.sub(r"<[^>]+>", "", source[1])) == given.raw
    assert sorted(re.findall(r'<tr id="r(\w+)"', html)) == sorted(fact.id for fact in facts)


def test_every_fact_has_its_mark_in_the_text():
    """Row and text lead to each other."""
    given = page(ARTICLE)
    facts = extract(given)
    marked = {
        fact_id
        for ids in re.findall(r'data-f="([^"]+)"', review_page(given, facts))
        for fact_id in ids.split()
    }
    assert marked == {fact.id for fact in facts}


def test_nothing_is_loaded_and_nothing_of_the_page_runs():
    """No address in the file; markup in the text is shown, not executed."""
    given = page("许昌<script>alert(1)</script>高新技术企业549家&nbsp;。")
    html = review_page(given, extract(given), "en")
    assert re.findall(r"https?://|src=|@import|url\(", html) == []
    assert html.count("<script>") == 1


def test_labels_are_in_the_readers_language():
    """Chinese and English."""
    given = page(ARTICLE)
    facts = extract(given)
    assert "事实核对" in review_page(given, facts, "zh")
    assert "Fact review" in review_page(given, facts, "en")
