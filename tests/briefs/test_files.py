import re
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from lxml import html as markup
from pypdf import PdfReader

from liandong.briefs import city_brief
from liandong.briefs.blocks import Value, Words, placed_runs
from liandong.briefs.city import compose
from liandong.briefs.sources import number_sources
from liandong.briefs.word_fonts import obfuscate
from tests.briefs import sample


@pytest.fixture(scope="module", params=["zh", "en"])
def made(request, tmp_path_factory) -> dict[str, Path]:
    """The sample brief in all formats, in one language."""
    folder = tmp_path_factory.mktemp(request.param)
    paths = city_brief(
        sample.CONTENT, language=request.param, formats=("docx", "html", "xlsx"), directory=folder
    )
    return {path.suffix[1:]: path for path in paths} | {"language": request.param}


def _expected(language: str) -> tuple[int, int, int]:
    """How many figures, references and sources the sample has, the list of sources included."""
    document = compose(sample.CONTENT, language)
    sources = number_sources(document, sample.CONTENT)
    entries = sources.entries()
    runs = [p.run for p in placed_runs(document)] + [run for entry in entries for run in entry.runs]
    cited = [run for run in runs if not isinstance(run, Words) and run.evidence]
    figures = sum(isinstance(run, Value) for run in cited)
    return figures, sum(len(sources.numbers(run)) for run in cited), len(entries)


def _runs(document) -> list[tuple[str, str]]:
    """(style, text) of every run of the body in order, hyperlinks and tables included."""
    found = []
    for run in document.element.body.iter(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        text = "".join(t.text or "" for t in run.iter(qn("w:t")))
        found.append((style.get(qn("w:val")) if style is not None else "", text))
    return found


def test_word_has_a_reference_behind_every_figure(made):
    """Counted in the file: each figure is followed by references, which lead to bookmarks of the list."""
    document = docx.Document(made["docx"])
    figures, references, entries = _expected(made["language"])
    runs = _runs(document)
    numbered = [i for i, (style, text) in enumerate(runs) if style in ("Figure", "Planned") and text != "—"]
    following = [next(s for s, _ in runs[i + 1 :] if s != "Stale") for i in numbered]
    assert set(following) == {"Reference"}
    assert len(numbered) == figures
    links = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(links) == references
    assert marks == [f"s{number}" for number in range(1, entries + 1)]
    assert set(links) == set(marks)


def test_word_has_real_headings_captions_tables_and_page_numbers(made):
    """Structure is in styles and fields, not in looks."""
    document = docx.Document(made["docx"])
    styles = [p.style.name for p in document.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == 9
    assert styles.count("Heading 2") == 1
    assert styles.count("Caption") == len(document.tables) + 3
    codes = [c.text.strip().split()[0] for c in document.element.body.iter(qn("w:instrText"))]
    assert codes == ["TOC", *["SEQ"] * styles.count("Caption")]
    foot = document.sections[0].footer._element
    assert [c.text.strip() for c in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in document.tables)
    pictures = [p.get("descr") for p in document.element.body.iter(qn("wp:docPr"))]
    assert len(pictures) == 3
    assert all(pictures)


def test_planned_figure_looks_planned_in_word(made):
    """The target of 800 firms has a style of its own and the word."""
    planned = [text for style, text in _runs(docx.Document(made["docx"])) if style == "Planned"]
    assert planned == {"zh": ["800家 ·计划·"], "en": ["800 firms ·planned·"]}[made["language"]]


def test_unreviewed_facts_are_marked_in_word(made):
    """All facts of the sample but one are unreviewed."""
    marks = [text for style, text in _runs(docx.Document(made["docx"])) if style == "Warning"]
    assert len(marks) == len(sample.FACTS) - 1


def test_word_embeds_a_font_with_every_character_it_uses(made):
    """The obfuscated font in the package opens with its key and covers text, captions and foot."""
    with zipfile.ZipFile(made["docx"]) as package:
        table = package.read("word/fontTable.xml").decode()
        key = re.search(r'w:fontKey="([^"]+)"', table)
        name = re.search(r'w:name="([^"]+)"', table)
        assert key is not None
        assert name is not None
        font = TTFont(BytesIO(obfuscate(package.read("word/fonts/font1.odttf"), key[1])))
        texts = [
            package.read(p).decode()
            for p in package.namelist()
            if re.match(r"word/(document|footer\d)\.xml", p)
        ]
        defaults = package.read("word/styles.xml").decode()
        settings = package.read("word/settings.xml").decode()
    used = {c for text in texts for t in re.findall(r"<w:t[ >][^<]*", text) for c in t.split(">", 1)[-1]}
    assert {c for c in used if ord(c) not in font.getBestCmap()} == set()
    assert font["name"].getDebugName(1) == name[1]
    assert f'w:eastAsia="{name[1]}"' in defaults
    assert "<w:embedTrueTypeFonts/>" in settings


def test_two_briefs_do_not_share_a_font_name(tmp_path):
    """Programs keep embedded fonts by name: another subset needs another name."""
    names = set()
    for language in ("zh", "en"):
        [path] = city_brief(sample.CONTENT, language=language, formats=("docx",), directory=tmp_path)
        with zipfile.ZipFile(path) as package:
            names |= set(re.findall(r'w:name="([^"]+)"', package.read("word/fontTable.xml").decode()))
    assert len(names) == 2


def test_html_is_one_file_that_fetches_nothing(made):
    """No script, no link and no image from outside; font and pictures are inside."""
    text = made["html"].read_text("utf-8")
    page = markup.fromstring(text.encode())
    assert page.xpath("//link | //img | //iframe | //script[not(@type='application/json')]") == []
    addresses = page.xpath("//@href | //@src") + re.findall(r"url\(([^)]{0,40})", text)
    assert all(address.startswith(("#", "data:font/woff;base64,")) for address in addresses)
    assert len(page.xpath("//svg[@role='img' and @aria-label]")) == 3


def test_html_has_a_reference_behind_every_figure(made):
    """Each figure is followed by links whose targets exist; the list has every source once."""
    page = markup.fromstring(made["html"].read_bytes())
    figures, references, entries = _expected(made["language"])
    shown = [e for e in page.xpath("//span[contains(@class, 'figure')]") if e.text != "—"]
    assert len(shown) == figures
    assert all(e.getnext() is not None and e.getnext().tag == "sup" for e in shown)
    links = page.xpath("//sup/a/@href")
    assert len(links) == references
    assert page.xpath("//ol/li/@id") == [f"s{number}" for number in range(1, entries + 1)]
    assert {link[1:] for link in links} == set(page.xpath("//ol/li/@id"))


def test_html_opens_a_source_in_place(made):
    """A reference carries the sentence that it leads to."""
    page = markup.fromstring(made["html"].read_bytes())
    assert page.xpath("string((//sup/a)[1]/@title)").startswith("“许昌电力装备产业集群规模超千亿元”")


def test_html_escapes_what_a_page_says(tmp_path):
    """Markup in a firm's name is text."""
    firm = replace(sample.CONTENT.targets[0].firm, name="<script>甲</script>&有限公司")
    content = replace(sample.CONTENT, targets=(replace(sample.CONTENT.targets[0], firm=firm),))
    [path] = city_brief(content, formats=("html",), directory=tmp_path)
    page = markup.fromstring(path.read_bytes())
    assert page.xpath("//script[not(@type='application/json')]") == []
    assert "<script>甲</script>&有限公司" in page.text_content()


def test_annex_has_a_row_for_every_figure_and_source(made):
    """The workbook lists what the text places: value, unit, standing and source numbers."""
    book = openpyxl.load_workbook(made["xlsx"])
    figures, sources = book.worksheets
    document = compose(sample.CONTENT, made["language"])
    placed = [p.run for p in placed_runs(document) if isinstance(p.run, Value)]
    rows = list(figures.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == [run.text for run in placed]
    assert [row[2] for row in rows] == [
        None if r.figure.value is None else float(r.figure.value) for r in placed
    ]
    assert sources.max_row - 1 == _expected(made["language"])[2]


def test_annex_keeps_formulas_as_text(tmp_path):
    """A name that begins with = is no formula in Excel."""
    firm = replace(sample.CONTENT.targets[0].firm, source='=HYPERLINK("x")')
    content = replace(sample.CONTENT, targets=(replace(sample.CONTENT.targets[0], firm=firm),))
    [path] = city_brief(content, formats=("xlsx",), directory=tmp_path)
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[1].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


@pytest.mark.parametrize("odd", ["甲\x00乙", "甲\ud800乙", "甲\x0b乙"])
def test_odd_characters_do_not_break_a_brief(tmp_path, odd):
    """A control character in a name is written as �."""
    firm = replace(sample.CONTENT.targets[0].firm, name=odd)
    content = replace(sample.CONTENT, targets=(replace(sample.CONTENT.targets[0], firm=firm),))
    paths = city_brief(content, formats=("docx", "html", "xlsx"), directory=tmp_path)
    assert "甲�乙" in "".join(t for _, t in _runs(docx.Document(paths[0])))
    assert "甲�乙" in paths[1].read_text("utf-8")


def test_same_content_gives_the_same_page(tmp_path):
    """The HTML is reproducible, byte for byte."""
    [one] = city_brief(sample.CONTENT, formats=("html",), directory=tmp_path / "a")
    [other] = city_brief(sample.CONTENT, formats=("html",), directory=tmp_path / "b")
    assert one.read_bytes() == other.read_bytes()


def test_brief_replaces_the_one_before_and_leaves_no_parts(tmp_path):
    """Written again, the folder holds the same names and nothing half done."""
    for _ in range(2):
        paths = city_brief(sample.CONTENT, directory=tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_pdf_shows_chinese_figures_and_sources(made, libreoffice, tmp_path):
    """LibreOffice on a machine without Chinese fonts prints the text with the embedded font alone."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        libreoffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(made["docx"]),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    reader = PdfReader(tmp_path / f"{made['docx'].stem}.pdf")
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    wanted = {
        "zh": ("许昌产业转移对接简报", "超1,000亿元[1]", "1,549家[2]", "800家·计划·", "人造金刚石生产基地"),
        "en": ("over100billionyuan[1]", "1,549firms[2]", "800firms·planned·", "SELECTcount(*)FROMfirms"),
    }[made["language"]]
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert [part for part in wanted if part not in text] == []
    assert all("NotoSansSC" in name for name in fonts)
