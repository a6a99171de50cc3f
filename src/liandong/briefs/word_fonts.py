"""The font inside the Word file, so that Chinese prints on a machine without any (ECMA-376-1, §17.8.1)."""

from __future__ import annotations

import hashlib
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn

from liandong.charts import fonts

_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_TABLE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
_TABLE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_MASKED = 32  # bytes at the head that the obfuscation changes
# In w:settings these stand before w:embedTrueTypeFonts; everything else after it.
_BEFORE = ("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
           "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
           "printFractionalCharacterWidth", "printFormsData")  # fmt: skip
_NAMES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts {nsdecls("w", "r")}>
  <w:font w:name="{{family}}">
    <w:altName w:val="Microsoft YaHei"/><w:panose1 w:val="020B0200000000000000"/><w:charset w:val="86"/>
    <w:family w:val="swiss"/><w:pitch w:val="variable"/>
    <w:embedRegular r:id="{{relation}}" w:fontKey="{{key}}"/>
  </w:font>
</w:fonts>"""


def embed_font(word: Any, text: str) -> None:
    """Put the glyphs of the text into the document as an obfuscated font, and say so in its settings."""
    family = _family(text)
    font = fonts.subset(text, family=family)
    key = _key(font)
    _set_default(word, family)
    package, main = word.part.package, word.part
    table = next(
        (r.target_part for r in main.rels.values() if r.reltype == _TABLE_RELATION),
        None,
    )
    if table is None:
        table = Part(PackURI("/word/fontTable.xml"), _TABLE_TYPE, b"", package)
        main.relate_to(table, _TABLE_RELATION)
    part = Part(PackURI("/word/fonts/font1.odttf"), _FONT_TYPE, obfuscate(font, key), package)
    table._blob = _NAMES.format(
        family=family, relation=table.relate_to(part, _FONT_RELATION), key=key
    ).encode()
    settings = word.settings.element
    at = sum(1 for child in settings if child.tag in {qn(f"w:{name}") for name in _BEFORE})
    for offset, name in enumerate(("embedTrueTypeFonts", "saveSubsetFonts")):
        settings.insert(at + offset, OxmlElement(f"w:{name}"))


def obfuscate(font: bytes, key: str) -> bytes:
    """The font, its first 32 bytes XORed with the key's, last byte first; done twice it is the font again."""
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    head = bytes(byte ^ mask[i % len(mask)] for i, byte in enumerate(font[:_MASKED]))
    return head + font[_MASKED:]


def _family(text: str) -> str:
    """A name for this very subset: programs keep embedded fonts by name, and would mix up two documents."""
    characters = "".join(sorted(set(text)))
    return f"{fonts.FAMILY} {hashlib.sha256(characters.encode()).hexdigest()[:6].upper()}"


def _set_default(word: Any, family: str) -> None:
    """The family for Latin and Chinese alike; without w:eastAsia Word would pick its own for Chinese."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    names = defaults.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        names.set(qn(f"w:{script}"), family)


def _key(font: bytes) -> str:
    """A GUID that depends on the font alone, so that the same brief gives the same file."""
    digest = hashlib.sha256(font).hexdigest().upper()
    return "{" + "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32])) + "}"
