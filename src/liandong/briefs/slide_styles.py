"""The look of the slides: type, colours, tables and foot, with East-Asian fonts set throughout."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from liandong.briefs.native_charts import FONT
from liandong.charts import theme
from liandong.errors import Language

_COLOURS = {
    "plain": theme.INK,
    "strong": theme.INK,
    "muted": theme.MUTED,
    "warning": theme.STATUS_COLOURS["weak"],
    "planned": theme.MUTED,
    "reference": theme.ACCENT,
}
_LAYOUTS = {"title": ("Title Slide", 0), "content": ("Title Only", 5)}
_MARGIN = 0.6


class Styles:
    """Makes slides, runs and tables of one look on a presentation, its own or a template's."""

    def __init__(self, show: Any, language: Language) -> None:
        self._show, self._language = show, language
        self._wide, self._high = show.slide_width, show.slide_height
        for slide in list(show.slides._sldIdLst):  # a template's sample slides
            show.part.drop_rel(slide.rId)
            show.slides._sldIdLst.remove(slide)

    def slide(self, kind: str) -> Any:
        """A new slide on the layout of that name, else on the one in its usual place."""
        name, place = _LAYOUTS[kind]
        layouts = self._show.slide_layouts
        layout = next((item for item in layouts if item.name == name), None)
        if layout is None:
            layout = layouts[min(place, len(layouts) - 1)]
        slide = self._show.slides.add_slide(layout)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        return slide

    def place_title(self, slide: Any, text: str, *, first: bool = False) -> None:
        """The title in its place, with a line under it."""
        title = slide.shapes.title
        if title is None:
            title = slide.shapes.add_textbox(0, 0, 0, 0)
        top, height = (2.6, 1.4) if first else (0.35, 0.75)
        title.left, title.top = Inches(_MARGIN), Inches(top)
        title.width, title.height = self._wide - 2 * Inches(_MARGIN), Inches(height)
        frame = title.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if first else MSO_ANCHOR.MIDDLE
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        self.run(paragraph, text, 40 if first else 26, tone="strong", bold=True)
        height += 0.08
        line = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Inches(_MARGIN), Inches(top + height), Inches(1.2 if first else 0.6), Pt(3)
        )
        line.fill.solid()
        line.fill.fore_color.rgb = _rgb(theme.ACCENT)
        line.line.fill.background()

    def run(self, paragraph: Any, text: str, size: float, *, tone: str = "plain", bold: bool = False) -> Any:
        """A run of text in the house's font for both scripts."""
        run = paragraph.add_run()
        run.text = text
        font = run.font
        font.size, font.bold = Pt(size), bold or tone == "strong"
        font.italic = tone == "planned" or None
        font.color.rgb = _rgb(_COLOURS[tone])
        properties = run._r.get_or_add_rPr()
        properties.set("lang", "zh-CN" if self._language == "zh" else "en-US")
        if tone == "reference":
            properties.set("baseline", "30000")
        for tag in ("a:latin", "a:ea", "a:cs"):
            properties.append(parse_xml(f'<{tag} {nsdecls("a")} typeface="{FONT}"/>'))
        return run

    def to_the_right(self, paragraph: Any) -> None:
        """Numbers stand to the right."""
        paragraph.alignment = PP_ALIGN.RIGHT

    def table(self, shape: Any) -> None:
        """No banding and no colours of the theme: lines are the cells' own."""
        properties = shape._element.graphic.graphicData.tbl.tblPr
        properties.set("bandRow", "0")
        style = properties.find(qn("a:tableStyleId"))
        if style is not None:
            style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "no style, no grid"

    def cell(self, cell: Any) -> None:
        """Narrow margins and a thin line beneath."""
        cell.margin_left = cell.margin_right = Inches(0.06)
        cell.margin_top = cell.margin_bottom = Inches(0.04)
        cell.vertical_anchor = MSO_ANCHOR.TOP
        cell._tc.get_or_add_tcPr().append(
            parse_xml(
                f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{theme.LINE[1:].upper()}"/>'
                "</a:solidFill></a:lnB>"
            )
        )

    def foot(self, slide: Any, text: str, number: int, count: int) -> None:
        """Title and page at the foot."""
        top = self._high - Inches(0.42)
        box = slide.shapes.add_textbox(
            Inches(_MARGIN), top, self._wide - Emu(2 * Inches(_MARGIN)), Inches(0.3)
        )
        box.name = "Foot"
        box.text_frame.word_wrap = True
        paragraph = box.text_frame.paragraphs[0]
        self.to_the_right(paragraph)
        self.run(paragraph, f"{text}　{number} / {count}", 10, tone="muted")


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour[1:].upper())
