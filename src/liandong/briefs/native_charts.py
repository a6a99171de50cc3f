"""Charts that Word and PowerPoint hold as charts: their values can be opened and edited as a sheet."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from liandong.briefs.blocks import Chart
from liandong.charts.picture import clean

_TYPES = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}


def chart_type(chart: Chart) -> Any:
    """The office's name of the chart's form."""
    return _TYPES[chart.form]


def chart_data(chart: Chart) -> CategoryChartData:
    """Categories and series; a value that is not known stays an empty cell."""
    data = CategoryChartData()
    # a bar chart draws the first category lowest: turned round, the reader meets it first
    turned = slice(None, None, -1) if chart.form == "bar" else slice(None)
    data.categories = [clean(category) for category in chart.categories[turned]]
    for series in chart.series:
        values = [
            None if v is None or v.figure.value is None else float(v.figure.value) for v in series.values
        ]
        data.add_series(clean(series.name), values[turned])
    return data


def chart_xml(chart: Chart) -> bytes:
    """The chart part of an office document (ECMA-376-1, §21.2)."""
    xml: str = ChartXmlWriter(chart_type(chart), chart_data(chart)).xml
    return xml.encode("utf-8")


def chart_workbook(chart: Chart) -> bytes:
    """The sheet behind the chart."""
    blob: bytes = CategoryWorkbookWriter(chart_data(chart)).xlsx_blob
    return blob
