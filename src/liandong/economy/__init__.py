"""Economy: what a region is good at, and what it could become good at next.

A panel (region × industry counts) goes in; specialisation, relatedness and complexity come out.

    panel ── specialisation ──▶ shares, location quotient with interval, concentration, agglomeration
      │            └─ shrinkage: thin classes borrow from group and division
      ├──── relatedness ──────▶ proximity ──▶ density ──▶ entry (fit, predict, backtest)
      │                             │
      └─────────────────────── complexity ──▶ ECI, PCI, COI, COG
    input–output table ── linkages ──▶ who supplies whom, by GB/T 4754 code

Everything here is a pure function of arrays; `complexity_table` takes data frames of any kind. NaN is
unknown and stays unknown; an empty unit is NaN and leaves the others as they are.
"""

from liandong.economy.agglomeration import (
    Agglomeration,
    coagglomeration,
    ellison_glaeser,
    group_coagglomeration,
    plant_herfindahl,
)
from liandong.economy.backbone import Backbone, backbone, largest_part
from liandong.economy.backtesting import Backtest, Calibration, Measured, Scores, backtest
from liandong.economy.complexity import Complexity, complexity
from liandong.economy.concentration import (
    entropy,
    gini,
    hachman,
    herfindahl,
    hoover,
    krugman,
    locational_gini,
    related_variety,
    theil,
    unrelated_variety,
)
from liandong.economy.conventions import ECOMPLEXITY, ECONCOMPLEX, ECONGEO, Convention
from liandong.economy.coverage import Standing, complete_regions, quotient_bounds, standing, withhold
from liandong.economy.dynamics import Changes, changes, entry_rate, growth
from liandong.economy.entry import EntryModel, Extra, LeakError, Transition, Window, linkage_density
from liandong.economy.interindustry import (
    Pull,
    allocation_coefficients,
    downstreamness,
    extraction,
    power_series,
    propagation_length,
    pull,
    upstreamness,
)
from liandong.economy.linkages import Link, Linkages, leontief_inverse, technical_coefficients
from liandong.economy.panel import Panel, PanelError
from liandong.economy.ranking import Fitness, expy, fitness, prody, projected_eci, reflections
from liandong.economy.relatedness import (
    co_occurrence,
    inside_density,
    outside_density,
    proximity,
    relatedness_density,
    relative_density,
)
from liandong.economy.shiftshare import ShiftShare, esteban_marquillas, shift_share
from liandong.economy.shrinkage import Shrinkage, Shrunk
from liandong.economy.specialisation import (
    Quotient,
    bootstrap_quotient,
    location_quotient,
    per_head,
    presence,
    rate_interval,
    shares,
    symmetric_quotient,
)
from liandong.economy.tables import complexity_table

__all__ = [
    "ECOMPLEXITY",
    "ECONCOMPLEX",
    "ECONGEO",
    "Agglomeration",
    "Backbone",
    "Backtest",
    "Calibration",
    "Changes",
    "Complexity",
    "Convention",
    "EntryModel",
    "Extra",
    "Fitness",
    "LeakError",
    "Link",
    "Linkages",
    "Measured",
    "Panel",
    "PanelError",
    "Pull",
    "Quotient",
    "Scores",
    "ShiftShare",
    "Shrinkage",
    "Shrunk",
    "Standing",
    "Transition",
    "Window",
    "allocation_coefficients",
    "backbone",
    "backtest",
    "bootstrap_quotient",
    "changes",
    "co_occurrence",
    "coagglomeration",
    "complete_regions",
    "complexity",
    "complexity_table",
    "downstreamness",
    "ellison_glaeser",
    "entropy",
    "entry_rate",
    "esteban_marquillas",
    "expy",
    "extraction",
    "fitness",
    "gini",
    "group_coagglomeration",
    "growth",
    "hachman",
    "herfindahl",
    "hoover",
    "inside_density",
    "krugman",
    "largest_part",
    "leontief_inverse",
    "linkage_density",
    "location_quotient",
    "locational_gini",
    "outside_density",
    "per_head",
    "plant_herfindahl",
    "power_series",
    "presence",
    "prody",
    "projected_eci",
    "propagation_length",
    "proximity",
    "pull",
    "quotient_bounds",
    "rate_interval",
    "reflections",
    "related_variety",
    "relatedness_density",
    "relative_density",
    "shares",
    "shift_share",
    "standing",
    "symmetric_quotient",
    "technical_coefficients",
    "theil",
    "unrelated_variety",
    "upstreamness",
    "withhold",
]
