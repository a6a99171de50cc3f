"""Papers on projects: opened again and counted; like sums only; frameworks apart; invented ones say so."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as markup
from pptx import Presentation

from liandong.briefs import WORK_KINDS, BriefError, Case, Papers, read_papers, work_paper
from liandong.briefs.blocks import Chart, Table, Value, Words, annexed_runs, placed_runs
from liandong.briefs.check import require_sources
from liandong.briefs.counting import sums
from liandong.briefs.sources import number_sources
from liandong.charts import fonts
from liandong.errors import InputError, InputErrors
from liandong.examples import xuchang
from liandong.figures import Basis, Figure, RecordRef, Standing
from liandong.projects import Milestone, Party, Project, Promise, Side, Stage, Step, Type, key_of

PAPERS = read_papers(xuchang.PROJECTS, today="2025-07-01")
EVERY = [(kind, language) for kind in WORK_KINDS for language in ("zh", "en")]


ONE = {"project": replace(PAPERS, chosen=("S-01",))}  # a sheet tells as much as eight, in less time


def composed(kind, language="zh", papers=PAPERS):
    """The document of a kind."""
    return WORK_KINDS[kind].compose(papers, language)


def texts(document) -> str:
    """All that a document says, place by place."""
    return "\n".join(placed.run.text for placed in placed_runs(document))


def tables(document, caption) -> list[list[str]]:
    """The rows of the table of that caption, as text."""
    [found] = [block for block in document.blocks if isinstance(block, Table) and block.caption == caption]
    return [
        ["\n".join("".join(run.text for run in line) for line in cell.lines) for cell in row]
        for row in found.rows
    ]


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_word_has_every_figure_reference_heading_and_glyph(kind, language, tmp_path):
    """Opened again: figures, references and sources are as many as the document's; nothing lacks a glyph."""
    papers = ONE.get(kind, PAPERS)
    [path] = work_paper(papers, kind=kind, language=language, formats=("docx",), directory=tmp_path)
    document = composed(kind, language, papers)
    sources = number_sources(document, papers)
    entries = sources.entries()
    word = docx.Document(path)
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    in_charts = [v for block in charts for series in block.series for v in series.values if v]
    runs = [p.run for p in placed_runs(document)] + [run for entry in entries for run in entry.runs]
    drawn = {id(value) for value in in_charts}
    written = [run for run in runs if not isinstance(run, Words) and id(run) not in drawn]
    styled = [
        (style.get(qn("w:val")), "".join(t.text or "" for t in run.iter(qn("w:t"))))
        for run in word.element.body.iter(qn("w:r"))
        if (style := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None
    ]
    figures = [text for style, text in styled if style == "Figure"]
    assert figures == [run.text for run in written if isinstance(run, Value)]
    links = [link.get(qn("w:anchor")) for link in word.element.body.iter(qn("w:hyperlink"))]
    below = sum(
        len({n for s in block.series for v in s.values if v for n in sources.numbers(v)}) for block in charts
    )
    assert len(links) == sum(len(sources.numbers(run)) for run in written) + below
    marks = [mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))]
    assert marks == [f"s{number}" for number in range(1, len(entries) + 1)]
    assert set(links) == set(marks)
    heads = [p.text for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [b.text for b in document.blocks if type(b).__name__ == "Heading"] + [
        {"zh": "来源", "en": "Sources"}[language]
    ]
    native = [rel for rel in word.part.rels.values() if rel.reltype.endswith("/chart")]
    assert len(native) == len(charts)
    assert fonts.missing("".join(t.text or "" for t in word.element.body.iter(qn("w:t")))) == ""


@pytest.mark.parametrize("kind", WORK_KINDS)
def test_invented_projects_say_so_on_every_page_and_in_every_format(kind, tmp_path):
    """Word's header on all pages, the text of the page, the slides and the sources of the workbook."""
    paths = work_paper(
        ONE.get(kind, PAPERS), kind=kind, formats=("docx", "html", "pptx", "xlsx"), directory=tmp_path
    )
    word = docx.Document(paths[0])
    assert word.sections[0].header.paragraphs[0].text == "合成示例 · 非真实项目"
    page = markup.fromstring(paths[1].read_bytes()).text_content()
    assert "均为虚构" in page
    assert "合成示例" in page
    shapes = [shape for slide in Presentation(paths[2]).slides for shape in slide.shapes]
    assert "均为虚构" in "".join(s.text_frame.text for s in shapes if s.has_text_frame)
    rows = openpyxl.load_workbook(paths[3]).worksheets[0].iter_rows(min_row=2, values_only=True)
    assert {("合成数据" in row[9]) for row in rows} <= {True}


def test_a_framework_agreement_is_never_counted_as_signed():
    """Two frameworks of June stand apart; one contract of June is the month's signing."""
    rows = {row[0]: row[1:] for row in tables(composed("monthly"), "到达各阶段的项目")}
    assert rows["签约（正式合同）"] == ["1个", "0个", "4个"]
    assert rows["框架协议（不计入签约）"] == ["2个", "0个", "2个"]
    sign = composed("signings")
    formal, framework = (tables(sign, caption) for caption in ("正式合同项目", "框架协议项目（不计入签约）"))
    assert [row[1].splitlines()[0] for row in framework] == ["示例丁储能电池包项目", "示例丁储能系统集成基地"]
    assert len(formal) == 4
    assert not {row[1] for row in formal} & {row[1] for row in framework}


def test_sums_keep_measure_and_standing_apart():
    """Contracts of the year: 11亿元 by contract; filed, reported and verified amounts have own rows."""
    assert tables(composed("monthly"), "今年以来正式合同项目的金额合计（分口径）") == [
        ["固定资产投资", "备案", "不分期", "4.5亿元 ·备案·"],
        ["总投资", "合同", "不分期", "11亿元 ·合同·"],
        ["省外到位资金", "上报", "累计至 2025-06", "8,000万元 ·上报·"],
        ["设备投资", "核实", "累计至 2025-06", "3,150万元"],
    ]


figures = st.builds(
    Figure,
    st.integers(0, 10**9).map(Decimal),
    st.sampled_from(["元", "美元"]),
    st.sampled_from(["总投资", "固定资产投资"]),
    standing=st.sampled_from([Standing.CLAIMED, Standing.CONTRACTED]),
    basis=st.sampled_from([Basis(), Basis(in_year="2025"), Basis(cumulative="2025-06")]),
    currency=st.sampled_from(["CNY", "USD", None]),
    evidence=st.just((RecordRef("x", 1),)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(figures, max_size=12))
def test_no_sum_ever_crosses_a_kind(amounts):
    """Each sum is over amounts of one measure, standing, unit, currency and period, and over all of them."""
    cases = [
        Case(Project(str(at), f"p{at}", Type.NEW_LAND, amounts=(amount,)))
        for at, amount in enumerate(amounts)
    ]
    found = {key: (figure.value, number) for key, figure, number in sums(cases, "zh")}
    kinds = {key_of(amount) for amount in amounts}
    assert found == {
        kind: (
            sum((a.value for a in amounts if key_of(a) == kind), Decimal(0)),
            sum(key_of(a) == kind for a in amounts),
        )
        for kind in kinds
    }


def test_funnel_tells_the_cohort_with_rates_that_open_at_both_counts():
    """Of four contracts of the year two landed: 50 %, with numerator and denominator as sources."""
    document = composed("monthly")
    rows = tables(document, "2025-01-01 至 2025-06-30 签订正式合同的项目")
    assert rows[:3] == [["落地", "2个", "50%"], ["开工", "2个", "50%"], ["投产", "1个", "25%"]]
    texts_of = ["".join(run.text for run in e.runs) for e in number_sources(document, PAPERS).entries()]
    assert any(t.startswith("推算：100 × 分子 / 分母。 分子 = 2个；分母 = 4个") for t in texts_of)


def test_overdue_milestones_promises_and_problems_are_listed():
    """What was due before the last of June and is not done, of projects that are not withdrawn."""
    document = composed("monthly")
    overdue = {(row[0], row[1]) for row in tables(document, "逾期未完成的里程碑")}
    assert overdue == {
        ("示例甲智能开关柜生产基地", "能评"),
        ("示例乙超硬刀具项目", "入库纳统"),
        ("示例己电梯部件项目", "公司注册"),
    }
    assert [row[3] for row in tables(document, "政府方承诺")] == ["▲ 逾期", "条件未成就"]
    assert "疑似重复签约" in "".join(b.text for b in document.blocks if type(b).__name__ == "Heading")


def test_promises_that_no_review_passed_are_withheld_and_counted():
    """The promise of a draft framework is not printed; the paper says that one is left out."""
    said = texts(composed("project"))
    assert "协助办理电网接入手续" not in said
    assert "另有 1 条政府方承诺尚未通过公平竞争审查，未列出。" in said


def test_signing_list_says_whether_reviewed():
    """✓ for a review that was passed with its conditions closed, ○ otherwise."""
    rows = {row[1].splitlines()[0]: row[-1] for row in tables(composed("signings"), "正式合同项目")}
    assert rows["示例甲智能开关柜生产基地"] == "✓ 准入评审\n✓ 公平竞争审查"
    unsettled = replace(PAPERS, cases=tuple(_reopened(case) for case in PAPERS.cases))
    rows = {
        row[1].splitlines()[0]: row[-1]
        for row in tables(composed("signings", papers=unsettled), "正式合同项目")
    }
    assert rows["示例甲智能开关柜生产基地"] == "○ 准入评审\n✓ 公平竞争审查"


def _reopened(case):
    return replace(case, conditions=tuple(replace(each, closed=None) for each in case.conditions))


def test_signing_list_of_an_event_has_only_its_projects():
    """Others are left out."""
    document = composed("signings", papers=replace(PAPERS, event="示例对接会（2025年3月）"))
    assert [row[1].splitlines()[0] for row in tables(document, "正式合同项目")] == [
        "示例乙超硬刀具项目",
        "示例甲智能开关柜生产基地",
    ]


def test_review_papers_give_no_vote_to_the_introducing_unit():
    """It presents; the form has a line for everyone else; the mean is of the scores that were given."""
    document = composed("review")
    opinions = [b for b in document.blocks if isinstance(b, Table) and b.caption == "各部门意见"]
    first = [[cell.lines[0][0].text for cell in row] for row in opinions[0].rows]
    assert first[0][:2] == ["示例市招商一组", "介绍项目，不表决"]
    form = next(b for b in document.blocks if isinstance(b, Table) and b.caption == "表决票")
    assert "示例市招商一组" not in [row[0].lines[0][0].text for row in form.rows]
    assert "平均分 \n73.5分" in texts(document)
    assert "结论：未答复。" in texts(document)


def test_project_sheet_tells_what_lacks_before_the_next_stage():
    """The gates speak: admission before review, company and filing before landing."""
    document = composed("project", papers=replace(PAPERS, chosen=("S-04",)))
    assert "评审前须通过准入评审。" in texts(document)
    assert document.title == "示例丁储能电池包项目：项目情况表"


def test_unknown_id_and_month_are_named():
    """The message lists the ids that there are; a month is written 2026-06."""
    with pytest.raises(InputError, match="S-01"):
        composed("project", papers=replace(PAPERS, chosen=("X",)))
    with pytest.raises(InputError, match="T-01"):
        composed("outing", papers=replace(PAPERS, chosen=("X",)))
    with pytest.raises(InputError, match="2026-06"):
        composed("monthly", papers=replace(PAPERS, month="june"))


def test_next_trip_is_planned_if_none_is_chosen():
    """The reception after the paper's date, not the one of June."""
    assert composed("reception").title == "示例甲集团来访接待方案（示例）"
    assert composed("reception", papers=replace(PAPERS, chosen=("T-03",))).title.startswith("示例戊")


def test_excel_annex_has_sheets_of_projects_amounts_and_milestones(tmp_path):
    """A row a project and a row an amount, values as numbers, every figure checked for its source."""
    [path] = work_paper(PAPERS, kind="monthly", formats=("xlsx",), directory=tmp_path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["数字", "项目", "金额", "里程碑", "问题", "来源"]
    assert book["项目"].max_row - 1 == len(PAPERS.cases)
    values = [row[4] for row in book["金额"].iter_rows(min_row=2, values_only=True)]
    amounts = [a.value for case in PAPERS.cases for a in case.project.amounts]
    assert values == [int(value) for value in amounts]


def test_amount_without_source_refuses_the_paper_and_names_all_places(tmp_path):
    """Tables, sums and annex: every place of the bare amount is told, and nothing is written."""
    bare = Figure(Decimal(5), "元", "总投资", standing=Standing.CONTRACTED)
    case = PAPERS.cases[2]
    spoilt = replace(case, project=replace(case.project, amounts=(bare,)))
    papers = replace(PAPERS, cases=(*PAPERS.cases[:2], spoilt))
    with pytest.raises(BriefError) as caught:
        work_paper(papers, kind="monthly", directory=tmp_path)
    places = [fault.field for fault in caught.value.faults]
    assert any("本月签订正式合同的项目 › 1 › 金额（口径分列）" in place for place in places)
    assert any("金额 › " in place for place in places)
    assert list(tmp_path.iterdir()) == []


def test_annex_is_checked_like_the_text():
    """A figure that only the workbook would show needs a source too."""
    document = composed("outing")
    assert [p for p in annexed_runs(document) if isinstance(p.run, Value)]
    bare = replace(
        PAPERS.cases[7],
        project=replace(PAPERS.cases[7].project, amounts=(Figure(Decimal(1), "元", "总投资"),)),
    )
    papers = replace(PAPERS, cases=(*PAPERS.cases[:7], bare))
    with pytest.raises(BriefError):
        require_sources(composed("outing", papers=papers), papers)


def test_official_head_is_set_after_the_standard(tmp_path):
    """Red mark, number and signatory, a red line, who signs over the date, the record at the foot."""
    [path] = work_paper(PAPERS, kind="monthly", formats=("docx",), directory=tmp_path)
    word = docx.Document(path)
    by_style = {p.style.name: p for p in reversed(word.paragraphs)}
    mark = by_style["Issuer"]
    assert mark.text == "示例市招商工作专班文件"
    assert str(mark.style.font.color.rgb) == "E60012"
    assert round(mark.paragraph_format.space_before.mm) == 35
    assert by_style["Paper Number"].text == "示招专〔2025〕6号\t签发人：（示例）"
    line = by_style["Red Line"]._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (line.get(qn("w:color")), line.get(qn("w:val"))) == ("E60012", "single")
    assert by_style["Recipients"].text == "示例市人民政府："
    signed = [p for p in word.paragraphs if p.style.name == "Signature"]
    assert [p.text for p in signed] == ["示例市招商工作专班", "2025年6月30日"]
    assert signed[1].paragraph_format.right_indent.pt == 64
    record = word.tables[-1]
    assert [row.cells[0].text.split("\t")[0][:3] for row in record.rows] == ["抄送：", "示例市"]
    assert record._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"
    feet = [word.sections[0].footer, word.sections[0].even_page_footer]
    assert ["".join(t.text or "" for t in f._element.iter(qn("w:t"))) for f in feet] == ["— 1 —", "— 1 —"]
    assert word.settings.odd_and_even_pages_header_footer


def test_paper_without_letterhead_has_no_mark(tmp_path):
    """Nothing is made up: no issuer, no number, no seal."""
    papers = replace(PAPERS, letterhead=None)
    [path] = work_paper(papers, kind="outing", formats=("docx",), directory=tmp_path)
    styles = {p.style.name for p in docx.Document(path).paragraphs}
    assert not styles & {"Issuer", "Paper Number", "Signature", "Recipients"}


def test_signing_list_lies(tmp_path):
    """A list with eight columns is set on a page that lies."""
    [path] = work_paper(PAPERS, kind="signings", formats=("docx",), directory=tmp_path)
    section = docx.Document(path).sections[0]
    assert section.page_width > section.page_height


def test_file_with_faults_tells_all_of_them_with_their_lines(tmp_path):
    """A wrong type, a verified amount without voucher, an unknown project and a slip: four faults."""
    text = xuchang.PROJECTS.read_text("utf-8")
    text = text.replace('type = "expansion"', 'type = "moving"', 1)
    text = text.replace('voucher = "设备发票及现场核对单"\n', "", 1)
    text = text.replace('projects = ["S-04", "S-05"]', 'projects = ["S-99"]', 1)
    text = text.replace('about = "企业来函询问厂房条件。"', 'abuot = "企业来函询问厂房条件。"', 1)
    file = tmp_path / "bad.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputErrors) as caught:
        read_papers(file, today="2025-07-01")
    assert [fault.field.rpartition(".")[2] for fault in caught.value.faults] == [
        "voucher",
        "type",
        "abuot",
        "projects",
    ]
    assert all(fault.row and fault.file == "bad.toml" for fault in caught.value.faults)


def test_vote_of_the_introducing_unit_in_a_file_is_refused(tmp_path):
    """The reader keeps the rule of the review."""
    text = xuchang.PROJECTS.read_text("utf-8")
    text = text.replace('department = "工信部门"\nscore = 76', 'department = "示例市招商一组"\nscore = 76')
    file = tmp_path / "bad.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputErrors, match="introducing unit"):
        read_papers(file, today="2025-07-01")


def test_empty_register_makes_a_report_that_says_so_little(tmp_path):
    """No project: a report without invented numbers, and nothing fails."""
    papers = Papers("许昌", "2025-06-30", ())
    paths = work_paper(papers, kind="monthly", directory=tmp_path)
    assert len(paths) == 3
    assert "0个" in texts(composed("monthly", papers=papers))


def test_project_given_in_code_makes_a_sheet(tmp_path):
    """The content is plain dataclasses: a notebook can fill them."""
    project = Project(
        "1",
        "甲",
        Type.ACQUISITION,
        Stage.SIGNED,
        party=Party("乙"),
        milestones=(Milestone(Step.CONTRACT, None, date(2025, 5, 1), "合同"),),
        promises=(Promise("p", Side.FIRM, "保留现有员工", "合同"),),
    )
    [path] = work_paper(
        Papers("许昌", "2025-06-30", (Case(project),)), kind="project", formats=("docx",), directory=tmp_path
    )
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()
    assert "保留现有员工" in body
    assert not re.search("合成", body)
