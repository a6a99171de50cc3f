"""No word is left untranslated: every text of the templates stands twice, every English page is English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

import liandong.office
from tests.office.conftest import Office
from tests.office.inventory import inventory

TEMPLATES = Path(liandong.office.__file__).parent / "templates"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAMES = {"中文", "English", "Excel", "CSV", "SQL", "j", "k", "a", "r", "e", "m"}
"""Words that are the same in both languages."""
FILES = ("projects:calendar", "projects:import_template")
"""Downloads of projects, which are no pages."""
SHOWN = ("title", "placeholder", "aria-label", "alt")


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_bare_words(path: Path):
    """What is neither a tag nor a variable holds no words."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text("utf-8"), flags=re.S)
    bare = re.sub(r"<[^>]*>|&\w+;", " ", text)
    attributes = " ".join(re.findall(rf'(?:{"|".join(SHOWN)})="([^"]*)"', text))
    words = set(re.findall(r"[A-Za-z\u4e00-\u9fff]+", f"{bare} {attributes}"))
    assert words - NAMES == set()


def test_an_english_page_is_english(office: Office):
    """Chinese stands only where the page says that it is Chinese: names and words of sources."""
    client = office.enter(language="en")
    left = {}
    for each in inventory():
        if "GET" not in each.methods or each.name in (
            "library:original",
            "chains:picture",
            "chains:export",
            "events:handbook",
        ):
            continue
        answer = client.get(each.path)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue  # a file
        if answer.status_code == 200 and (found := untranslated(answer.content.decode())):
            left[each.name] = found[:3]
    assert left == {}


def untranslated(page: str) -> list[str]:
    """Texts and attributes with Chinese outside of elements that are marked as Chinese; a title may name a
    city or a firm, which cannot be marked there."""
    tree = html.fromstring(page)
    for element in tree.xpath('//*[@lang="zh"] | //script | //style | //head/title'):
        element.drop_tree() if element.getparent() is not None else None
    texts = [text.strip() for text in tree.itertext() if CHINESE.search(text)]
    for name in SHOWN:
        texts += [value for value in tree.xpath(f"//@{name}") if CHINESE.search(value)]
    return texts


def test_chinese_whatever_the_browser_likes(office: Office):
    """A browser that prefers English gets Chinese until the reader switches."""
    client = office.enter(None)
    del client.cookies["liandong_language"]
    page = client.get("/enter/", headers={"Accept-Language": "en-US"}).content.decode()
    assert '<html lang="zh-CN">' in page
