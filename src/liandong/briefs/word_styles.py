"""The look of the Word documents: fonts for both scripts, named styles, page set-up, running foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from liandong.briefs.blocks import Document
from liandong.briefs.vocabulary import say
from liandong.charts import theme

FIGURE, CITED, PLANNED, REFERENCE = "Figure", "Cited", "Planned", "Reference"
TONES = {"strong": "Strong", "muted": "Muted", "warning": "Warning"}
SOURCE, PICTURE, NOTE, TABLE = "Source", "Picture", "Note", "Brief Table"
CELL, HEAD, GAP = "Cell", "Cell Head", "Gap"

_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BriefTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="{theme.INK[1:]}"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{theme.INK[1:]}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{theme.LINE[1:]}"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="{theme.INK[1:]}"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="{theme.WASH[1:]}"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>
"""


def apply(word: Any, document: Document, text: Callable[[str], str]) -> None:
    """Page, styles and foot. text: notes which characters are used."""
    _page(word)
    _fonts(word, document)
    _paragraphs(word)
    _characters(word)
    word.styles.element.append(parse_xml(_TABLE_STYLE))
    _foot(word, document, text)


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field with the result that is shown until Word works it out anew."""
    for kind in ("begin", None, "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    section.footer_distance = Cm(1.0)


def _fonts(word: Any, document: Document) -> None:
    """No style names a font of its own: all take the family that `word_fonts` embeds and sets as default."""
    for style in word.styles:
        properties = style.element.find(qn("w:rPr"))
        fonts = None if properties is None else properties.find(qn("w:rFonts"))
        if fonts is not None:
            properties.remove(fonts)
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = defaults.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")


def _paragraphs(word: Any) -> None:
    _set(word, "Normal", size=10.5, after=6, line=1.35)
    _set(word, "Title", size=22, colour=theme.INK, after=2, bold=True)
    _set(word, "Subtitle", size=11, colour=theme.MUTED, after=14)
    _set(word, "Heading 1", size=15, colour=theme.ACCENT, before=18, after=6, bold=True, keep=True)
    _set(word, "Heading 2", size=12.5, colour=theme.INK, before=14, after=4, bold=True, keep=True)
    _set(word, "Caption", size=9, colour=theme.MUTED, before=6, after=3)
    for name, size, after, colour in (
        (CELL, 9, 0, theme.INK),
        (HEAD, 9, 0, theme.MUTED),
        (NOTE, 8.5, 8, theme.MUTED),
        (PICTURE, 10, 0, theme.INK),
        (GAP, 4, 0, theme.INK),
        (SOURCE, 7.5, 2, theme.INK),
    ):
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Normal"]
        _set(word, name, size=size, after=after, colour=colour, line=1.15)
    word.styles[PICTURE].paragraph_format.keep_with_next = True
    word.styles[PICTURE].paragraph_format.line_spacing = 1.0
    source = word.styles[SOURCE].paragraph_format
    source.left_indent, source.first_line_indent = Cm(0.9), Cm(-0.9)
    source.tab_stops.add_tab_stop(Cm(0.9))
    title = word.styles["Title"].element.find(qn("w:pPr"))
    border = title.find(qn("w:pBdr"))
    if border is not None:
        title.remove(border)


def _set(
    word: Any,
    name: str,
    *,
    size: float,
    colour: str = theme.INK,
    before: float = 0,
    after: float = 0,
    line: float = 1.2,
    bold: bool = False,
    keep: bool = False,
) -> None:
    style = word.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour[1:].upper())
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), line
    layout.keep_with_next = keep
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
    layout.widow_control = True


def _characters(word: Any) -> None:
    for name, colour, italic in (
        (FIGURE, None, False),
        (CITED, None, False),
        (PLANNED, theme.MUTED, True),
        (REFERENCE, theme.ACCENT, False),
        ("Muted", theme.MUTED, False),
        ("Warning", theme.STATUS_COLOURS["weak"], False),
    ):
        font = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font
        font.italic = italic or None
        if colour:
            font.color.rgb = RGBColor.from_string(colour[1:].upper())
    word.styles[REFERENCE].font.superscript = True
    word.styles["Warning"].font.size = Pt(7.5)


def _foot(word: Any, document: Document, text: Callable[[str], str]) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, middle = say("page_of", document.language).split("{page}")
    between, after = middle.split("{pages}")
    text("0123456789")
    for part, instruction in ((document.title + "　" + before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        paragraph.add_run(text(part))
        if instruction:
            field(paragraph, instruction, "1")
    for run in paragraph.runs:
        run.font.size = Pt(8)
        run.font.color.rgb = RGBColor.from_string(theme.MUTED[1:].upper())
