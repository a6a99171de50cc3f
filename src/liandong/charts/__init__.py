"""Charts: frames in, one definition out, the same for page, Word and slides.

    ChainNode, ChainEdge ──▶ chain_picture ──┐
    QuotientBar ───────────▶ quotient_bars ──┼──▶ Picture (Vega-Lite) ──▶ to_svg, to_png (offline)
    Origin, Boundaries ────▶ origin_map ─────┤
    strips, stages, milestones, flows, space, sittings ─┘

A Picture carries its content in words and the note that must stand beneath it (a map's approval number, or
that it has none). Status is told by colour and by sign, so grey print loses nothing. Chinese glyphs come from
the font in a wheel: `fonts.subset` cuts what a document embeds, `fonts.missing` names what it cannot print.
"""

from liandong.charts.boundaries import Boundaries, default_boundaries, read_boundaries
from liandong.charts.chain import chain_picture
from liandong.charts.flows import Flow, flows
from liandong.charts.frames import ChainEdge, ChainNode, Destination, Origin, QuotientBar, Stage, Status
from liandong.charts.funnel import FunnelStage, funnel
from liandong.charts.origins import origin_map
from liandong.charts.picture import Picture, to_png, to_svg
from liandong.charts.quotients import quotient_bars
from liandong.charts.space import SpaceIndustry, space
from liandong.charts.strips import status_strip
from liandong.charts.theme import STATUS_COLOURS, STATUS_SIGNS, STATUS_WORDS
from liandong.charts.timeline import Milestone, timeline
from liandong.charts.timetable import Sitting, timetable

__all__ = [
    "STATUS_COLOURS",
    "STATUS_SIGNS",
    "STATUS_WORDS",
    "Boundaries",
    "ChainEdge",
    "ChainNode",
    "Destination",
    "Flow",
    "FunnelStage",
    "Milestone",
    "Origin",
    "Picture",
    "QuotientBar",
    "Sitting",
    "SpaceIndustry",
    "Stage",
    "Status",
    "chain_picture",
    "default_boundaries",
    "flows",
    "funnel",
    "origin_map",
    "quotient_bars",
    "read_boundaries",
    "space",
    "status_strip",
    "timeline",
    "timetable",
    "to_png",
    "to_svg",
]
