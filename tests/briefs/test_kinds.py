"""The kinds of documents on one city's sample: opened again, counted, looked into."""

import re
import time
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm

from liandong.briefs import CITY_KINDS, FirmRecord, Handbook, city_brief, event_handbook
from liandong.briefs.blocks import Value, Words, placed_runs
from liandong.briefs.ledger import compare, lines, read_ledger
from liandong.briefs.sources import number_sources
from liandong.charts import fonts
from liandong.errors import InputError
from liandong.figures import RecordRef
from liandong.meetings import Event, Meeting, Participant, Slot, Table, schedule
from tests.briefs import sample

FIRM = FirmRecord(
    "f1",
    (
        ("uscc", "91320500000000000X"),
        ("founded", "2004-05-01"),
        ("capital", None),
        ("scope_cell", "绝缘材料制造"),
    ),
    RecordRef("listed_firms.csv", 2),
)
CONTENT = replace(sample.CONTENT, firms=(FIRM,))
EVENT = Event(
    "许昌上海对接会",
    (
        Participant("a", "许昌电气谷", "许昌"),
        Participant("b", "甲公司", "上海"),
        Participant("c", "乙公司", "上海"),
    ),
    (Meeting("1", "a", "b"), Meeting("2", "a", "c"), Meeting("3", "b", "c")),
    (Table("T1"), Table("T2")),
    (Slot(), Slot()),
    place="上海",
    origin="event.xlsx",
)


def _texts(path: Path) -> list[tuple[str, str]]:
    """(style, text) of every run of the body."""
    found = []
    for run in docx.Document(path).element.body.iter(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        text = "".join(t.text or "" for t in run.iter(qn("w:t")))
        found.append((style.get(qn("w:val")) if style is not None else "", text))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", CITY_KINDS)
def test_every_kind_opens_again_with_all_figures_and_references(kind, language, tmp_path):
    """Word holds as many figures and references as the document and its list of sources; no empty box."""
    [path] = city_brief(CONTENT, kind=kind, language=language, formats=("docx",), directory=tmp_path)
    document = CITY_KINDS[kind].compose(CONTENT, language)
    sources = number_sources(document, CONTENT)
    entries = sources.entries()
    word = docx.Document(path)
    marks = [mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in word.element.body.iter(qn("w:hyperlink"))}
    assert marks == [f"s{number}" for number in range(1, len(entries) + 1)]
    assert links == set(marks)
    shown = [text for style, text in _texts(path) if style in ("Figure", "Planned")]
    in_charts = sum(type(block).__name__ == "Chart" for block in document.blocks)
    placed = [p.run for p in placed_runs(document) if isinstance(p.run, Value)]
    assert len(shown) >= len(placed) - 8 * in_charts
    assert fonts.missing("".join(text for _, text in _texts(path))) == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_chain_report_has_contents_headings_and_a_native_chart(language, tmp_path):
    """A table of contents, sections, a chart with its sheet whose values are those of the diagnosis."""
    [path] = city_brief(CONTENT, kind="chain", language=language, formats=("docx",), directory=tmp_path)
    word = docx.Document(path)
    codes = [code.text.strip() for code in word.element.body.iter(qn("w:instrText"))]
    assert codes[0].startswith("TOC")
    charts = [rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/chart")]
    assert len(charts) == 1
    sheet = next(iter(charts[0].rels.values())).target_part
    assert sheet.partname.endswith(".xlsx")
    assert re.findall(rb"<c:v>([\d.]+)</c:v>", charts[0].blob)[-2:] == [b"128.0", b"3.0"]


def test_dossier_tells_the_registration_and_what_is_unknown(tmp_path):
    """Each cell of the registration leads to its row; an unknown capital is a dash, not 0."""
    [path] = city_brief(CONTENT, kind="dossier", formats=("docx",), directory=tmp_path)
    word = docx.Document(path)
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert [row[0] for row in rows] == ["事项", "统一社会信用代码", "成立日期", "注册资本", "经营范围"]
    assert rows[2][1].startswith("2004-05-01[")
    assert rows[3][1] == "—"
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "未知：荣誉" in text


def test_memo_is_set_as_an_official_paper(tmp_path):
    """GB/T 9704: 37 mm above, 28 mm at the binding edge, size 3 in Fangsong, page number between dashes."""
    [path] = city_brief(CONTENT, kind="memo", formats=("docx",), directory=tmp_path)
    word = docx.Document(path)
    section = word.sections[0]
    assert (round(section.top_margin.cm, 2), round(section.left_margin.cm, 2)) == (3.7, 2.8)
    normal = word.styles["Normal"]
    assert normal.font.size.pt == 16
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert "— 1 —" in "".join(t.text or "" for t in section.footer._element.iter(qn("w:t")))


def test_memo_counts_nodes_by_status_and_claims_no_more():
    """One strong and one missing node of three; the unsure one is not told as a fact."""
    document = CITY_KINDS["memo"].compose(CONTENT, "zh")
    text = "".join(placed.run.text for placed in placed_runs(document))
    assert "电力装备链：强项1个，缺失1个，缺的是绝缘材料。" in text


def test_handbook_has_every_agenda_and_a_sign_for_each_table(tmp_path):
    """Each participant's meetings with time, table and partner; wishes without a place are told."""
    found = schedule(EVENT, time_limit=10)
    [path] = event_handbook(Handbook(found, "2025-06-19"), formats=("docx",), directory=tmp_path)
    word = docx.Document(path)
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles.count("Sign") == 2
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 2"]
    assert heads == ["甲公司", "乙公司", "许昌电气谷"]
    held = {
        (row[0], row[2]) for t in word.tables[1:4] for row in ([c.text for c in r.cells] for r in t.rows[1:])
    }
    assert len(held) >= len(found.placements)
    overview = {row.cells[0].text: row.cells[1].text for row in word.tables[0].rows[1:]}
    assert overview["排定洽谈"].startswith(f"{len(found.placements)}[")
    assert ("未能排定的意愿" in "".join(p.text for p in word.paragraphs)) is bool(found.unheld)


@pytest.mark.parametrize("form", ["docx", "pptx", "html"])
def test_ledger_comes_back_from_every_format(form, tmp_path):
    """The figures inside a file are those of the document."""
    [path] = city_brief(CONTENT, formats=(form,), directory=tmp_path)
    assert read_ledger(path) == lines(CITY_KINDS["city"].compose(CONTENT, "zh"))


def test_next_brief_tells_what_changed(tmp_path):
    """549 became 560, one indicator is gone, one is new: three rows, the earlier value led to its file."""
    [before] = city_brief(CONTENT, formats=("docx",), directory=tmp_path / "a")
    risen = sample.HIGH_TECH.but(value="560")
    fresh = sample.SMALL.but(indicator="瞪羚企业", value="12")
    facts = tuple(
        risen if fact is sample.HIGH_TECH else fresh if fact is sample.SMALL else fact
        for fact in sample.FACTS
    )
    [after] = city_brief(
        replace(CONTENT, facts=facts), formats=("docx",), directory=tmp_path / "b", since=before
    )
    changes = compare(read_ledger(before), read_ledger(after))
    assert [(old.text, new.text) for old, new in changes.changed] == [("549家", "560家")]
    assert [line.text for line in changes.withdrawn] == ["1,549家"]
    assert "12家" in [line.text for line in changes.new]
    last = [[cell.text for cell in row.cells] for row in docx.Document(after).tables[-1].rows]
    assert [row[3] for row in last] == ["变化", "改变", "新增", "不再列出"]
    assert last[1][1].startswith("549家[")


def test_unchanged_brief_says_so(tmp_path):
    """No table, one sentence."""
    [before] = city_brief(CONTENT, formats=("html",), directory=tmp_path / "a")
    [after] = city_brief(CONTENT, formats=("html",), directory=tmp_path / "b", since=before)
    assert "数字没有变化" in after.read_text("utf-8")


def test_comparison_with_another_file_is_refused(tmp_path):
    """A Word file that is no brief is named."""
    other = tmp_path / "other.docx"
    docx.Document().save(other)
    with pytest.raises(InputError) as caught:
        city_brief(CONTENT, directory=tmp_path / "out", since=other)
    assert caught.value.file == str(other)
    assert not (tmp_path / "out").exists()


def test_template_keeps_its_page_and_gets_the_content_in_its_place(tmp_path):
    """Cover and closing words stay before and after; places in the header are filled; own styles win."""
    template = docx.Document()
    template.sections[0].left_margin = Cm(5)
    template.sections[0].header.paragraphs[0].text = "招商局 {{title}} {{date}}"
    template.styles["Heading 1"].font.name = "House Font"
    template.add_paragraph("封面语")
    template.add_paragraph("{{content}}")
    template.add_paragraph("结束语")
    template.save(tmp_path / "house.docx")
    [path] = city_brief(
        CONTENT, formats=("docx",), directory=tmp_path / "out", template=tmp_path / "house.docx"
    )
    word = docx.Document(path)
    assert round(word.sections[0].left_margin.cm, 2) == 5
    assert word.sections[0].header.paragraphs[0].text == "招商局 许昌产业转移对接简报 2025-06-19"
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert texts[0] == "封面语"
    assert texts[-1] == "结束语"
    assert "{{content}}" not in texts
    assert word.styles["Heading 1"].font.name == "House Font"
    assert [p.style.name for p in word.paragraphs].count("Heading 1") > 3


def test_template_with_an_unknown_place_is_refused(tmp_path):
    """The place is named with those that there are."""
    template = docx.Document()
    template.add_paragraph("{{mayor}}")
    template.save(tmp_path / "house.docx")
    with pytest.raises(InputError, match="mayor") as caught:
        city_brief(CONTENT, formats=("docx",), directory=tmp_path, template=tmp_path / "house.docx")
    assert caught.value.field == "mayor"


def test_dossier_of_twenty_firms_is_made_at_once(tmp_path):
    """Twenty firms in one document: twenty heads, in far less than the minute that two hundred may take."""
    targets = tuple(
        replace(
            sample.CONTENT.targets[0],
            firm=replace(sample.CONTENT.targets[0].firm, firm_id=f"g{n}", name=f"甲{n}公司"),
        )
        for n in range(20)
    )
    begun = time.monotonic()
    [path] = city_brief(
        replace(CONTENT, targets=targets), kind="dossier", formats=("docx",), directory=tmp_path
    )
    assert time.monotonic() - begun < 60
    heads = [p.text for p in docx.Document(path).paragraphs if p.style.name == "Heading 1"]
    assert heads == [*(f"甲{n}公司" for n in range(20)), "依据与读法", "来源"]


def test_unknown_kind_is_refused():
    """The kinds that there are, are named."""
    with pytest.raises(InputError, match="memo"):
        city_brief(CONTENT, kind="poem")


def test_words_alone_never_hold_a_figure_of_a_fact():
    """No kind writes a fact's number as mere words, where nobody could trace it."""
    numbers = {"549", "1,549"}
    for kind in CITY_KINDS.values():
        for placed in placed_runs(kind.compose(CONTENT, "zh")):
            if isinstance(placed.run, Words):
                assert not numbers & set(placed.run.text.replace("家", " ").split())


def test_pictures_of_a_page_tell_their_marks(tmp_path):
    """Who points at a node, a bar or a circle reads what it stands for; lines and signs stay silent."""
    [path] = city_brief(CONTENT, formats=("html",), directory=tmp_path)
    tips = re.findall(r"<title>([^<]*)</title></path>", path.read_text("utf-8"))
    assert "变压器 强 · 128 家 · 区位商 3.41" in tips
    assert "苏州 2" in tips
    assert not [tip for tip in tips if "x:" in tip]
