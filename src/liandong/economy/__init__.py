"""Economy: what a region is good at, and what it could become good at next.

A panel (region × industry counts) goes in; specialisation, relatedness and complexity come out.

    panel ── specialisation ──▶ shares, location quotient with interval
      │            └─ shrinkage: thin classes borrow from group and division
      ├──── relatedness ──────▶ proximity ──▶ density
      │                             │
      └─────────────────────── complexity ──▶ ECI, PCI, COI, COG
    input–output table ── linkages ──▶ who supplies whom, by GB/T 4754 code

Everything here is a pure function of arrays. NaN is unknown and stays unknown; an empty unit is NaN and
leaves the others as they are.
"""

from liandong.economy.complexity import Complexity, complexity
from liandong.economy.conventions import ECOMPLEXITY, ECONCOMPLEX, ECONGEO, Convention
from liandong.economy.linkages import Link, Linkages, leontief_inverse, technical_coefficients
from liandong.economy.panel import Panel, PanelError
from liandong.economy.relatedness import proximity, relatedness_density
from liandong.economy.shrinkage import Shrinkage, Shrunk
from liandong.economy.specialisation import Quotient, location_quotient, rate_interval, shares
from liandong.economy.tables import complexity_table

__all__ = [
    "Complexity",
    "Link",
    "Linkages",
    "Panel",
    "PanelError",
    "Quotient",
    "Shrinkage",
    "Shrunk",
    "complexity",
    "complexity_table",
    "leontief_inverse",
    "location_quotient",
    "proximity",
    "rate_interval",
    "relatedness_density",
    "shares",
    "technical_coefficients",
]
