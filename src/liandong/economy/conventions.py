"""How the known packages draw the same indicators: their choices by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from liandong.economy.relatedness import Mass, Measure


@dataclass(frozen=True, slots=True)
class Convention:
    """What packages decide differently about complexity.

    measure, mass: how proximity is drawn from co-occurrences, see `proximity`.
    diagonal: proximity of an industry to itself: 1 by the formula, 0 leaves it out of its own density.
    density: what density is multiplied with (100 makes it a percentage).
    scale: vectors "standardised" to mean 0 and deviation 1, or as a "share" of their own sum.
    anchor: what ECI rises with, where no other guide is given: diversity, or the 20th reflection.
    pci: "shared" in the unit of ECI, so that an ECI is the mean PCI of what the region does; "own" scaled by
    itself, signed against ubiquity, which gives that up.
    outlook: COI "standardised" to mean 0 and deviation 1, or the "raw" sum.
    gain: COG divides each proximity by the reach of the "neighbour" that it opens (so that COG is the change
    of COI), or of the "target" that is entered.
    """

    measure: Measure = "conditional"
    mass: Mass = "presence"
    diagonal: float = 1.0
    density: float = 1.0
    scale: Literal["standardised", "share"] = "standardised"
    anchor: Literal["diversity", "reflections"] = "diversity"
    pci: Literal["shared", "own"] = "shared"
    outlook: Literal["standardised", "raw"] = "standardised"
    gain: Literal["neighbour", "target"] = "neighbour"


ECOMPLEXITY = Convention()
"""ecomplexity 0.5 (Growth Lab, also the Stata package); the default here."""

ECONCOMPLEX = Convention(diagonal=0.0, density=100.0, pci="own", outlook="raw", gain="target")
"""econcomplex 1.0."""

ECONGEO = Convention(
    measure="probability",
    mass="co-occurrence",
    diagonal=0.0,
    density=100.0,
    scale="share",
    anchor="reflections",
    pci="own",
    outlook="raw",
)
"""EconGeo 2 (R): co_occurrence, relatedness, relatedness_density, kci (here eci) and tci (pci).

EconGeo rounds density to two decimals and, before it solves, the matrix behind kci and tci to four;
nothing is rounded here. It has no coi and cog: ours come of its tci.
"""
