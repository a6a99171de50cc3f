"""Where the targets come from: a place and a number for the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from liandong.charts import Destination, Origin, Picture, default_boundaries, origin_map
from liandong.errors import Language
from liandong.reference import division
from liandong.targets.target import Target


def origins(targets: Iterable[Target]) -> list[Origin]:
    """The prefectures that firms come from, with how many; a firm wanted by two chains counts once.

    Firms whose prefecture or its coordinates are unknown are in no place.
    """
    firms = {target.firm.firm_id: target.firm.prefecture for target in targets}
    counted = Counter(code for code in firms.values() if code)
    found = []
    for code, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        place = division(code)
        if place.longitude is not None and place.latitude is not None:
            found.append(Origin(place.short, place.longitude, place.latitude, number))
    return found


def map_of(targets: Iterable[Target], city: str, language: Language = "zh") -> Picture:
    """The map of origins; the city (GB/T 2260) is its star. Raises ValueError if there is nothing to show."""
    place = division(city)
    star = (
        Destination(place.short, place.longitude, place.latitude)
        if place.longitude is not None and place.latitude is not None
        else None
    )
    return origin_map(origins(targets), star, boundaries=default_boundaries(), language=language)
