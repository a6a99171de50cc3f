"""The Chinese font that ships with the package, so that no machine needs one of its own.

Noto Sans SC (SIL Open Font License 1.1, no reserved font name) comes from the wheel `pylopdf-fonts-zh-cn`.
Charts are rendered with it; documents embed the glyphs they use, which the licence allows.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import vl_convert
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FAMILY = "Noto Sans SC"
LICENCE = "SIL Open Font License 1.1, https://scripts.sil.org/OFL"
_COPYRIGHT = "© 2014-2021 Adobe (http://www.adobe.com/). Subset of Noto Sans SC."
# Signs of the house that Noto Sans SC lacks; `_quarter_circle` draws them in its metrics.
_DRAWN = {ord("◔"): ord("○")}
# Quadratic curves stay within this distance of the cubic ones, in units of 1/1000 em: not visible in print.
_TOLERANCE = 1.0


def path() -> Path:
    """The font file."""
    return pylopdf_fonts_zh_cn.sans_path()


@lru_cache(maxsize=1)
def register() -> None:
    """Let vl-convert find the font. Safe to call again."""
    vl_convert.register_font_directory(str(path().parent))


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The code points that the font, with the signs drawn here, has a glyph for."""
    return frozenset(_source().getBestCmap()) | frozenset(_DRAWN)


def missing(text: str) -> str:
    """The characters of the text that would print as a box, each once, in order of code point."""
    return "".join(sorted(c for c in set(text) if c.isprintable() and ord(c) not in covered()))


def subset(text: str, *, family: str = FAMILY, woff: bool = False) -> bytes:
    """A TrueType font (or WOFF for a web page) with the glyphs of the text, small enough to embed.

    Outlines are turned from CFF into quadratic ones because Word loads embedded fonts only as TrueType.
    Characters without a glyph are left out; `missing` names them.
    """
    font = _build(sorted({ord(c) for c in text} & covered()), family)
    if woff:
        font.flavor = "woff"
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


@lru_cache(maxsize=1)
def _source() -> TTFont:
    return TTFont(path(), lazy=True)


def _build(codes: Iterable[int], family: str) -> TTFont:
    names = {code: f"uni{code:04X}" if code < 0x10000 else f"u{code:X}" for code in codes}
    drawn = {".notdef": _outline(None), **{name: _outline(code) for code, name in names.items()}}
    outlines = {name: copy(outline) for name, (outline, _) in drawn.items()}
    return _assemble(family, names, outlines, {name: width for name, (_, width) in drawn.items()})


@lru_cache(maxsize=8192)  # Word and HTML embed the same characters
def _outline(code: int | None) -> tuple[Any, int]:
    """The quadratic outline and the width of a character; None is the box for what is missing."""
    source = _source()
    glyphs, cmap, units = source.getGlyphSet(), source.getBestCmap(), source["head"].unitsPerEm
    glyph = glyphs[".notdef" if code is None else cmap[_DRAWN.get(code, code)]]
    pen = TTGlyphPen(None)
    glyph.draw(Cu2QuPen(pen, max_err=_TOLERANCE * units / 1000, reverse_direction=True))
    if code in _DRAWN:
        _quarter_circle(pen, glyph.width, units)
    return pen.glyph(), glyph.width


def _assemble(family: str, cmap: dict[int, str], outlines: dict[str, Any], widths: dict[str, int]) -> TTFont:
    source = _source()
    hhea, os2 = source["hhea"], source["OS/2"]
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(list(outlines))
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(outlines)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {name: (widths[name], getattr(table[name], "xMin", 0)) for name in outlines}
    )
    builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent, lineGap=hhea.lineGap)
    builder.setupNameTable(
        {
            "copyright": _COPYRIGHT,
            "familyName": family,
            "styleName": "Regular",
            "uniqueFontIdentifier": f"{family} subset",
            "fullName": family,
            "psName": family.replace(" ", "") + "-Regular",
            "licenseDescription": LICENCE,
        }
    )
    builder.setupOS2(
        version=4,
        fsType=0,
        sTypoAscender=os2.sTypoAscender,
        sTypoDescender=os2.sTypoDescender,
        sTypoLineGap=os2.sTypoLineGap,
        usWinAscent=os2.usWinAscent,
        usWinDescent=os2.usWinDescent,
        usWeightClass=os2.usWeightClass,
        panose=os2.panose,
        ulCodePageRange1=os2.ulCodePageRange1,
        ulUnicodeRange1=os2.ulUnicodeRange1,
        ulUnicodeRange2=os2.ulUnicodeRange2,
        sxHeight=os2.sxHeight,
        sCapHeight=os2.sCapHeight,
    )
    builder.setupPost()
    head = builder.font["head"]
    head.created = head.modified = source["head"].modified  # the same text gives the same bytes
    builder.font.recalcTimestamp = False
    return builder.font


def _quarter_circle(pen: TTGlyphPen, width: int, units: int) -> None:
    """The upper right quarter, filled, inside the ring of ○ that is already drawn."""
    x, y, r = width / 2, 0.38 * units, 0.36 * units
    k = r * 0.5523  # the cubic circle's handle
    curve = Cu2QuPen(pen, max_err=_TOLERANCE, reverse_direction=False)
    curve.moveTo((x, y))
    curve.lineTo((x, y + r))
    curve.curveTo((x + k, y + r), (x + r, y + k), (x + r, y))
    curve.closePath()
