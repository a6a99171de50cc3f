"""Charts that Word and PowerPoint hold as charts: their values can be opened and edited as a sheet."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.util import Inches, Pt

from liandong.briefs.blocks import Chart
from liandong.charts import theme
from liandong.charts.picture import clean

FONT = "Microsoft YaHei"  # on every office machine; LibreOffice is told what stands for it, see `pdf`
_SERIES = (theme.ACCENT, "#b97a12", "#2c7a57", "#7b8894")
_TYPES = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_LABELS = 11.0  # points


def place_on_slide(slide: Any, chart: Chart, box: tuple[float, float, float, float]) -> Any:
    """The chart on a slide. box: left, top, width, height in inches. Returns its frame."""
    frame = slide.shapes.add_chart(_TYPES[chart.form], *(Inches(length) for length in box), _data(chart))
    frame.name = clean(chart.caption)
    _style(frame.chart, many=len(chart.series) > 1)
    return frame


def chart_parts(chart: Chart) -> tuple[bytes, bytes]:
    """The chart part of an office document (ECMA-376-1, §21.2) and the sheet behind it."""
    scratch = Presentation()
    slide = scratch.slides.add_slide(scratch.slide_layouts[6])
    part = place_on_slide(slide, chart, (0, 0, 6, 4)).chart.part
    return part.blob, part.chart_workbook.xlsx_part.blob


def _data(chart: Chart) -> CategoryChartData:
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


def _style(chart: Any, *, many: bool) -> None:
    """The house's colours, values at the bars, a legend only for several series."""
    chart.font.size, chart.font.name = Pt(_LABELS), FONT
    chart.has_title = False
    chart.has_legend = many
    if many:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(_LABELS)
    plot.data_labels.show_value = True
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.format.line.color.rgb = _rgb(theme.EDGE)
    chart.category_axis.has_major_gridlines = False
    for series, colour in zip(plot.series, _SERIES, strict=False):
        shape = series.format.line.color if hasattr(series, "smooth") else None
        if shape is not None:
            shape.rgb = _rgb(colour)
            continue
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour)
    if hasattr(plot, "gap_width"):
        plot.gap_width = 60
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour[1:].upper())
