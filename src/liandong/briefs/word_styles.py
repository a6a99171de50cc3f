"""The look of the Word documents: fonts for both scripts, named styles, page set-up, running foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from liandong.briefs.blocks import Document
from liandong.briefs.layouts import Layout, Look
from liandong.briefs.vocabulary import say
from liandong.charts import theme

FIGURE, CITED, PLANNED, REFERENCE, STALE = "Figure", "Cited", "Planned", "Reference", "Stale"
TONES = {"strong": "Strong", "muted": "Muted", "warning": "Warning"}
SOURCE, PICTURE, NOTE, TABLE = "Source", "Picture", "Note", "Brief Table"
CELL, HEAD, GAP = "Cell", "Cell Head", "Gap"
TILE, SIGN, SIGN_LINE, CONTENTS = "Tile", "Sign", "Sign Line", "Contents Heading"

_COLOURS = {"ink": theme.INK, "muted": theme.MUTED, "accent": theme.ACCENT, "red": "#e60012"}
_ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
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


def apply(word: Any, document: Document, layout: Layout, text: Callable[[str], str], *, own: bool) -> None:
    """Page, styles and foot. text: notes which characters are used.

    own: the document is ours from the start; else it is a template's, whose page, foot and styles stay as
    they are, and only the styles that it lacks are added.
    """
    kept = set() if own else {style.name for style in word.styles}
    if own:
        _page(word, layout)
        _fonts(word)
    _paragraphs(word, layout, kept)
    _characters(word, kept)
    if TABLE not in kept:
        word.styles.element.append(parse_xml(_TABLE_STYLE))
    if own:
        _foot(word, document, layout, text)
        if document.banner:
            _head(word, document, text)


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


def _page(word: Any, layout: Layout) -> None:
    section = word.sections[0]
    width, height = layout.paper
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.turned else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Cm(layout.left), Cm(layout.right)
    section.top_margin, section.bottom_margin = Cm(layout.top), Cm(layout.bottom)
    section.footer_distance = Cm(layout.foot)


def _fonts(word: Any) -> None:
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


def _paragraphs(word: Any, layout: Layout, kept: set[str]) -> None:
    known = {style.name for style in word.styles}
    for name, look in layout.styles.items():
        if name in kept:
            continue
        if name not in known:
            word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Normal"]
        _set(word.styles[name], look)
    if SOURCE not in kept:
        source = word.styles[SOURCE].paragraph_format
        source.left_indent, source.first_line_indent = Cm(0.9), Cm(-0.9)
        source.tab_stops.add_tab_stop(Cm(0.9))
    title = word.styles["Title"].element.find(qn("w:pPr"))
    border = None if title is None else title.find(qn("w:pBdr"))
    if border is not None and "Title" not in kept:
        title.remove(border)


def _set(style: Any, look: Look) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(_COLOURS[look.colour][1:].upper())
    if look.font:
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    if look.exactly:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.exactly)
    else:
        layout.line_spacing = look.line
    layout.first_line_indent = Pt(look.size * look.indent) if look.indent else Pt(0)
    layout.keep_with_next = look.keep
    layout.alignment = _ALIGNED[look.align]
    layout.widow_control = True


def _characters(word: Any, kept: set[str]) -> None:
    known = {style.name for style in word.styles}
    for name, colour, italic in (
        (FIGURE, None, False),
        (CITED, None, False),
        (PLANNED, theme.MUTED, True),
        (REFERENCE, theme.ACCENT, False),
        (STALE, theme.STATUS_COLOURS["weak"], False),
        ("Muted", theme.MUTED, False),
        ("Warning", theme.STATUS_COLOURS["weak"], False),
        ("Strong", None, False),
    ):
        if name in kept or name in known:
            continue
        font = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font
        font.italic = italic or None
        if colour:
            font.color.rgb = RGBColor.from_string(colour[1:].upper())
        if name == REFERENCE:
            font.superscript = True
        if name == "Warning":
            font.size = Pt(7.5)
        if name == "Strong":
            font.bold = True


def _head(word: Any, document: Document, text: Callable[[str], str]) -> None:
    """What stands over every page."""
    for section_head in (word.sections[0].header, word.sections[0].even_page_header):
        paragraph = section_head.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _small(paragraph.add_run(text(document.banner)), 8.0, theme.STATUS_COLOURS["weak"])


def _foot(word: Any, document: Document, layout: Layout, text: Callable[[str], str]) -> None:
    section = word.sections[0]
    text("0123456789—")
    if layout.page == "dashes":
        word.settings.odd_and_even_pages_header_footer = True
        for foot, align in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            paragraph = foot.paragraphs[0]
            paragraph.alignment = align
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
            _numbered(paragraph, (("— ", "PAGE"), (" —", "")), 14.0, theme.INK, text)
        return
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, middle = say("page_of", document.language).split("{page}")
    between, after = middle.split("{pages}")
    parts = ((document.title + "　" + before, "PAGE"), (between, "NUMPAGES"), (after, ""))
    _numbered(paragraph, parts, 8.0, theme.MUTED, text)


def _numbered(
    paragraph: Any,
    parts: tuple[tuple[str, str], ...],
    size: float,
    colour: str,
    text: Callable[[str], str],
) -> None:
    """Text and the fields that follow its parts."""
    for part, instruction in parts:
        paragraph.add_run(text(part))
        if instruction:
            field(paragraph, instruction, "1")
    for run in paragraph.runs:
        _small(run, size, colour)


def _small(run: Any, size: float, colour: str) -> None:
    run.font.size = Pt(size)
    run.font.color.rgb = RGBColor.from_string(colour[1:].upper())
