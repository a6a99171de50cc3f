"""From degrees to a plane: Albers' equal-area conic with the parallels that maps of China use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_PARALLELS = (25.0, 47.0)
_MERIDIAN = 105.0


def albers(longitude: Array, latitude: Array) -> tuple[Array, Array]:
    """Degrees to east and north in earth radii (Snyder 1987, eq. 14-1 to 14-6, sphere)."""
    first, second = np.radians(_PARALLELS)
    n = (np.sin(first) + np.sin(second)) / 2
    c = np.cos(first) ** 2 + 2 * n * np.sin(first)
    radius = np.sqrt(c - 2 * n * np.sin(np.radians(latitude))) / n
    angle = n * np.radians(longitude - _MERIDIAN)
    # The origin of north is arbitrary: a frame shifts it anyway.
    return radius * np.sin(angle), -radius * np.cos(angle)


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of the plane in pixels: x = (east - left) · scale, y downwards from the top."""

    left: float
    top: float
    scale: float
    width: float
    height: float

    def place(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Pixels of places given in degrees."""
        east, north = albers(longitude, latitude)
        return (east - self.left) * self.scale, (self.top - north) * self.scale


def frame_around(
    longitude: Array, latitude: Array, *, width: float, heights: tuple[float, float], margin: float
) -> Frame:
    """The window of the width, between the two heights, that shows all places with a margin of pixels.

    A single place is shown with about 150 km around it.
    """
    east, north = albers(longitude, latitude)
    least = 0.025  # earth radii, about 150 km
    wide, tall = max(np.ptp(east), least), max(np.ptp(north), least)
    scale = min((width - 2 * margin) / wide, (heights[1] - 2 * margin) / tall)
    height = min(max(tall * scale + 2 * margin, heights[0]), heights[1])
    middle_east, middle_north = (east.min() + east.max()) / 2, (north.min() + north.max()) / 2
    return Frame(
        float(middle_east - width / 2 / scale),
        float(middle_north + height / 2 / scale),
        float(scale),
        width,
        float(height),
    )
