"""The pitch of the Xuchang page: its figures are the page's, and references lead to the right sentences."""

import re
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from pptx import Presentation

from liandong.briefs import BriefError, CityBrief, city_brief
from liandong.briefs.blocks import Value, placed_runs
from liandong.briefs.pitch import compose_pitch
from liandong.briefs.sources import number_sources
from liandong.documents import read
from liandong.examples import xuchang
from liandong.facts import extract
from liandong.figures import FactRef

# what the page says: value, unit, and words of the sentence that says it
SAID = (
    (19, "家", "省级以上单项冠军企业有19家"),
    (21, "家", "国家级专精特新“小巨人”企业有21家"),
    (549, "家", "高新技术企业达到549家"),
    (1549, "家", "科技型中小企业达到1549家"),
    (92, "个", "创新创业人才(团队)项目92个"),
    (1181, "名", "高层次人才1181名"),
    (481, "项", "取得科技成果累计481项"),
    (71, "家", "到许昌投资的长三角企业现有71家"),
    (30, "个", "许昌签约项目共30个"),
    (100_000_000_000, "元", "许昌电力装备产业集群规模超过千亿元"),
)


@pytest.fixture(scope="module")
def content() -> CityBrief:
    """The page read and its facts, all reviewed."""
    page = read(xuchang.PAGE)
    facts = tuple(extract(page))
    return CityBrief("许昌", "411000", "2025-06-20", (page,), facts, frozenset(fact.id for fact in facts))


@pytest.mark.parametrize(("value", "unit", "sentence"), SAID)
def test_figure_of_the_page_stands_in_the_pitch_and_leads_to_its_sentence(content, value, unit, sentence):
    """The value and unit of the page; the reference quotes exactly the characters that say so."""
    document = compose_pitch(content, "zh")
    sources = number_sources(document, content)
    entries = {entry.number: "".join(run.text for run in entry.runs) for entry in sources.entries()}
    facts = {fact.id: fact for fact in content.facts}
    raw = content.pages[0].raw
    found = [
        p.run
        for p in placed_runs(document)
        if isinstance(p.run, Value) and (p.run.figure.value, p.run.figure.unit) == (Decimal(value), unit)
    ]
    assert found
    led = []
    for run in found:
        [reference] = run.evidence
        assert isinstance(reference, FactRef)
        fact = facts[reference.fact_id]
        assert raw[fact.start : fact.end] == fact.quote
        [number] = sources.numbers(run)
        assert " ".join(fact.quote.split()) in entries[number]
        led.append(sentence in fact.quote)
    assert any(led)


def test_pitch_has_no_figure_that_the_page_has_not(content):
    """Every number of the pitch is a number of the page's facts, and of no noise at its foot."""
    stated = {(fact.value, fact.unit or "") for fact in content.facts if fact.value}
    for placed in placed_runs(compose_pitch(content, "zh")):
        if isinstance(placed.run, Value):
            figure = placed.run.figure
            assert (format(figure.value, "f"), figure.unit) in stated
    noise = content.pages[0].raw.index("相关内容\n")
    assert all(fact.start < noise for fact in content.facts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_slides_show_the_figures_of_the_page(content, language, tmp_path):
    """Opened again with python-pptx: 549, 1,549, 1,181 … stand on the slides, over 100 billion yuan too."""
    [path] = city_brief(content, kind="pitch", language=language, formats=("pptx",), directory=tmp_path)
    shapes = [shape for slide in Presentation(path).slides for shape in slide.shapes]
    said = " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    said += " ".join(c.text for s in shapes if s.has_table for row in s.table.rows for c in row.cells)
    numbers = {
        "zh": (
            "19家",
            "21家",
            "549家",
            "1,549家",
            "92个",
            "1,181名",
            "481项",
            "71家",
            "30个",
            "超过1,000亿元",
        ),
        "en": ("19 firms", "549 firms", "1,549 firms", "1,181 persons", "481 items", "over 100 billion yuan"),
    }[language]
    assert [number for number in numbers if number not in said] == []


def test_facts_with_wrong_or_missing_sources_refuse_the_pitch_with_all_places(content, tmp_path):
    """One fact whose page is not there, one that is cited and gone: the places of both are told at once."""
    homeless = content.facts[0].but(page="0" * 64)
    facts = (homeless, *content.facts[1:])
    spoilt = CityBrief("许昌", "411000", "2025-06-20", (), facts, frozenset(f.id for f in facts))
    with pytest.raises(BriefError) as caught:
        city_brief(spoilt, kind="pitch", directory=tmp_path)
    places = {fault.field for fault in caught.value.faults}
    document = compose_pitch(spoilt, "zh")
    assert places == {p.place for p in placed_runs(document) if getattr(p.run, "evidence", ())}
    assert list(tmp_path.iterdir()) == []


def test_english_pitch_translates_the_terms_of_the_page(content):
    """Every indicator of the city's figures has an English word before the Chinese one."""
    labels = [
        tile.label for block in compose_pitch(content, "en").blocks for tile in getattr(block, "tiles", ())
    ]
    assert [label for label in labels if not re.search(r"[a-z]{3}", label)] == []


def test_word_of_the_pitch_leads_each_reference_to_a_bookmark(content, tmp_path):
    """In Word, too, every number in brackets is a link to an entry of the list."""
    [path] = city_brief(content, kind="pitch", formats=("docx",), directory=tmp_path)
    body = docx.Document(path).element.body
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert links == {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
