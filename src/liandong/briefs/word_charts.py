"""A chart inside a Word document: the chart part, the sheet behind it, and the drawing that shows it."""

from __future__ import annotations

import re
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from liandong.briefs.blocks import Chart
from liandong.briefs.native_charts import chart_parts

_CHART_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_SHEET_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_NAMES = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATION_NAMES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEHIND = re.compile(rb'<c:externalData r:id="[^"]*">')


def place_chart(word: Any, paragraph: Any, chart: Chart, *, width: float, name: str) -> None:
    """Put the chart into the paragraph.

    width: in centimetres. name: its text for those who cannot see it.
    """
    package, main = word.part.package, word.part
    number = 1 + sum(rel.reltype == _CHART_RELATION for rel in main.rels.values())
    xml, workbook = chart_parts(chart)
    sheet = Part(PackURI(f"/word/embeddings/Sheet{number}.xlsx"), _SHEET_TYPE, workbook, package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    behind = part.relate_to(sheet, _SHEET_RELATION)
    part._blob = _BEHIND.sub(f'<c:externalData r:id="{behind}">'.encode(), xml)
    relation = main.relate_to(part, _CHART_RELATION)
    height = min(2.2 + 0.8 * len(chart.categories), 12.0) if chart.form == "bar" else 7.5
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{Cm(width)}" cy="{Cm(height)}"/>'
        f'<wp:docPr id="{9000 + number}" name="chart{number}"/>'
        f'<a:graphic><a:graphicData uri="{_CHART_NAMES}"><c:chart xmlns:c="{_CHART_NAMES}" '
        f'xmlns:r="{_RELATION_NAMES}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    drawing[0].find(f"{{{drawing.nsmap['wp']}}}docPr").set("descr", name)
    paragraph.add_run()._r.append(drawing)
