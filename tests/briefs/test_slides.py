"""The pitch as slides: opened again with python-pptx, figures and references counted, charts read back."""

from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader

from liandong.briefs import BriefError, city_brief
from liandong.briefs.blocks import Chart, Series, Value, Words, placed_runs
from liandong.briefs.check import require_sources
from liandong.briefs.pitch import compose_pitch
from liandong.briefs.sources import number_sources
from liandong.charts import fonts
from liandong.facts import Kind
from liandong.figures import Standing
from tests.briefs import sample

REVIEWED = replace(sample.CONTENT, reviewed=frozenset(fact.id for fact in sample.FACTS))


@pytest.fixture(scope="module", params=["zh", "en"])
def pitch(request, tmp_path_factory):
    """The sample's pitch, opened again, with its language."""
    [path] = city_brief(
        sample.CONTENT,
        kind="pitch",
        language=request.param,
        formats=("pptx",),
        directory=tmp_path_factory.mktemp(request.param),
    )
    return Presentation(path), request.param


def _texts(slide) -> list:
    """Runs of the slide's boxes and tables."""
    paragraphs = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            paragraphs += shape.text_frame.paragraphs
        if shape.has_table:
            paragraphs += [p for row in shape.table.rows for c in row.cells for p in c.text_frame.paragraphs]
    return [run for paragraph in paragraphs for run in paragraph.runs]


def test_every_figure_of_the_pitch_has_a_reference(pitch):
    """As many references stand on the slides as the document has, charts' values in their captions."""
    show, language = pitch
    document = compose_pitch(sample.CONTENT, language)
    sources = number_sources(document, sample.CONTENT)
    charted = {
        id(value)
        for block in document.blocks
        if isinstance(block, Chart)
        for series in block.series
        for value in series.values
    }
    written = [
        p.run for p in placed_runs(document) if not isinstance(p.run, Words) and id(p.run) not in charted
    ]
    in_charts = sum(
        len(
            {
                number
                for series in block.series
                for value in series.values
                if value is not None
                for number in sources.numbers(value)
            }
        )
        for block in document.blocks
        if isinstance(block, Chart)
    )
    runs = [run for slide in show.slides for run in _texts(slide)]
    references = [run for run in runs if run.font._rPr.get("baseline") == "30000"]
    assert len(references) == sum(len(sources.numbers(run)) for run in written) + in_charts


def test_references_jump_to_the_slide_of_their_source(pitch):
    """A click leads to the slide on which [n] begins a line."""
    show, _ = pitch
    jumps = 0
    for slide in show.slides:
        for run in _texts(slide):
            click = run.font._rPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick")
            if click is None:
                continue
            jumps += 1
            relation = click.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            target = slide.part.related_part(relation).slide
            assert any(
                p.text.startswith(run.text)
                for shape in target.shapes
                if shape.has_text_frame
                for p in shape.text_frame.paragraphs
            )
    assert jumps > 10


def test_chart_of_the_pitch_is_native_with_its_values(pitch):
    """Local firms by node can be edited: 3 and 128, what is not known is no bar of 0."""
    show, _ = pitch
    [chart] = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    values = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    assert values == {"变压器": 128.0, "绝缘材料": 3.0, "储能系统": None}


def test_runs_name_an_east_asian_font(pitch):
    """Without it PowerPoint would pick one of its own for Chinese."""
    show, _ = pitch
    for slide in show.slides:
        for run in _texts(slide):
            east = run.font._rPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}ea")
            assert east is not None
            assert east.get("typeface") == "Microsoft YaHei"


def test_no_character_of_the_slides_lacks_a_glyph(pitch):
    """All that is written is in the font of the wheel, with which PDFs are made."""
    show, _ = pitch
    assert fonts.missing("".join(run.text for slide in show.slides for run in _texts(slide))) == ""


def test_nothing_stands_outside_its_slide(pitch):
    """Boxes, tables, pictures and charts lie within 13.333 × 7.5 inches."""
    show, _ = pitch
    for slide in show.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= Inches(13.34)
            assert shape.top + shape.height <= Inches(7.51)


def test_notes_tell_the_speaker_the_sources(pitch):
    """Each slide with figures has their sentences in its notes."""
    show, _ = pitch
    noted = [slide.notes_slide.notes_text_frame.text for slide in show.slides if slide.has_notes_slide]
    assert any("高新技术企业549家" in note for note in noted)


def test_unreviewed_programmes_never_appear():
    """A policy that no person has reviewed is counted and kept back; reviewed it is shown."""
    programme = replace(sample.LABORATORY, kind=Kind.PROGRAM, indicator="人才计划", id="")
    content = replace(sample.CONTENT, facts=(*sample.FACTS, programme))
    texts = [placed.run.text for placed in placed_runs(compose_pitch(content, "zh"))]
    assert "另有 1 条政策或计划尚未复核，未列出。" in texts
    reviewed = replace(content, reviewed=content.reviewed | {programme.id})
    assert "另有 1 条政策或计划尚未复核，未列出。" not in [
        placed.run.text for placed in placed_runs(compose_pitch(reviewed, "zh"))
    ]


def test_old_figures_are_marked():
    """A count of firms of 2019 in a pitch of 2025 carries the sign of age; one of June 2025 does not."""
    document = compose_pitch(sample.CONTENT, "zh")
    marked = [p.run.text for p in placed_runs(document) if document.is_stale(p.run)]
    assert marked == ["128家", "3家"]


def test_chart_of_unlike_figures_is_refused():
    """Planned and actual on one axis: the brief names the chart."""
    one = sample.TRANSFORMERS
    other = replace(one, standing=Standing.PLANNED)
    chart = Chart("混图", "bar", ("甲", "乙"), (Series("家数", (Value(one, "128"), Value(other, "128"))),))
    document = replace(compose_pitch(sample.CONTENT, "zh"), blocks=(chart,))
    with pytest.raises(BriefError, match="混图"):
        require_sources(document, sample.CONTENT)


def test_template_of_slides_keeps_its_master(tmp_path):
    """Slides use the user's size and layouts; the template's own slides are gone."""
    template = Presentation()
    template.slides.add_slide(template.slide_layouts[0]).shapes.title.text = "样例页"
    template.save(tmp_path / "house.pptx")
    [path] = city_brief(
        sample.CONTENT,
        kind="pitch",
        formats=("pptx",),
        directory=tmp_path / "out",
        template=tmp_path / "house.pptx",
    )
    show = Presentation(path)
    assert (show.slide_width, show.slide_height) == (template.slide_width, template.slide_height)
    for slide in show.slides:
        assert all(shape.left + shape.width <= show.slide_width + 9000 for shape in slide.shapes)
    assert "样例页" not in [run.text for slide in show.slides for run in _texts(slide)]


def test_pdf_of_the_pitch_shows_its_figures(libreoffice, tmp_path):
    """LibreOffice draws every slide with the font of the wheel."""
    [path] = city_brief(REVIEWED, kind="pitch", formats=("pdf",), directory=tmp_path)
    reader = PdfReader(path)
    text = "".join(page.extract_text() for page in reader.pages).replace(" ", "").replace("\n", "")
    assert [
        part for part in ("许昌：产业转移对接推介", "549家", "1,549家", "1,000亿元") if part not in text
    ] == []
