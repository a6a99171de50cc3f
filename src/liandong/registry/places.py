"""Where a firm is registered: from what the row says, its address, its code, or its name, in this order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from liandong.reference import Division, find_division, is_division, successor
from liandong.reference import division as division_of

_SEPARATOR = "\x1f"
_LONGEST = 4  # characters of a name in which its place is looked for
_PREFIX = (
    r"^(?:中国)?[(]?(?P<p>[^省市区县盟旗\d\s]{1,8}?(?:省|自治区))?"
    r"(?P<c>[^省市区县盟旗\d\s]{1,8}?(?:市|自治州|地区|盟))?"
    r"(?P<d>[^省市区县盟旗\d\s]{1,8}?(?:自治县|自治旗|市|区|县|旗))"
)
"""The divisions an address begins with (RE2): 河南省许昌市建安区…, 余姚市…, 许昌市魏都区…"""


class Place(NamedTuple):
    """Codes of GB/T 2260, None where unknown. source of the narrowest: `given`, `address`, `code`, `name`."""

    province: str | None
    prefecture: str | None
    county: str | None
    source: str | None


NOWHERE = Place(None, None, None, None)
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("province", "prefecture", "county", "region_text", "region_source")]
)


class Places:
    """Looks places up once per distinct text."""

    def __init__(self) -> None:
        self._known: dict[str, Place] = {}

    def locate(
        self,
        *,
        province: pa.Array,
        city: pa.Array,
        county: pa.Array,
        region: pa.Array,
        address: pa.Array,
        uscc: pa.Array,
        name: pa.Array,
    ) -> pa.RecordBatch:
        """Columns of SCHEMA for texts of equal length; region_text is what the row says of its place."""
        said = join([province, city, county, region], " ")
        found = self._each(_by_text, [province, region, city, county, *_beginning(address)])
        open_rows = pc.is_null(found[1])
        if pc.any(open_rows).as_py():
            authority = pc.utf8_slice_codeunits(uscc, 2, 8)
            head = pc.utf8_slice_codeunits(name, 0, _LONGEST)
            rest = [column.filter(open_rows) for column in (found[0], found[3], authority, head)]
            found = [
                pc.replace_with_mask(whole, open_rows, part)
                for whole, part in zip(found, self._each(_by_authority, rest), strict=True)
            ]
        return pa.RecordBatch.from_arrays([*found[:3], said, found[3]], schema=SCHEMA)

    def _each(self, resolve: Callable[..., Place], parts: Sequence[pa.Array]) -> list[pa.Array]:
        """Province, prefecture, county and source of each row, resolved once per distinct key."""
        filled = [pc.fill_null(part, "") for part in parts]
        keys = pc.dictionary_encode(pc.binary_join_element_wise(*filled, _SEPARATOR))
        places = []
        for text in keys.dictionary.to_pylist():
            key = resolve.__name__ + text
            if key not in self._known:
                self._known[key] = resolve(*text.split(_SEPARATOR))
            places.append(self._known[key])
        columns = zip(*places, strict=True) if places else ((),) * 4
        return [pc.take(pa.array(column, pa.string()), keys.indices) for column in columns]


def join(parts: Sequence[pa.Array], sign: str) -> pa.Array:
    """The parts that are known, with the sign between them; null where none is."""
    joined = pc.binary_join_element_wise(*(pc.fill_null(part, "") for part in parts), _SEPARATOR)
    joined = pc.replace_substring_regex(joined, pattern=f"{_SEPARATOR}+", replacement=_SEPARATOR)
    joined = pc.replace_substring(pc.utf8_trim(joined, characters=_SEPARATOR), _SEPARATOR, sign)
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _beginning(address: pa.Array) -> list[pa.Array]:
    """Province, city and county at the beginning of addresses, null where there is none."""
    parts = pc.extract_regex(pc.utf8_normalize(address, form="NFKC"), _PREFIX)
    return [pc.struct_field(parts, [i]) for i in range(3)]


def _by_text(province: str, region: str, city: str, county: str, p: str, c: str, d: str) -> Place:
    """The narrowest place that the row says, made narrower by its address, which never contradicts it."""
    top = _find(province) if province else None
    found = _narrowest([top, *_inside([region, city, county], top)])
    source = "given" if found else None
    address = _narrowest(_inside([p, c, d], found))
    if address and address != found:
        found, source = address, "address"
    return _as_place(found, source)


def _by_authority(province: str, source: str, authority: str, name: str) -> Place:
    """The prefecture of the authority that issued the code, else of the place that the name begins with."""
    outer = division_of(province) if province else None
    for place, how in ((_of_code(authority), "code"), (_of_name(name, outer), "name")):
        if place and (outer is None or (_within(place, outer) and place.prefecture)):
            return _as_place(place, how)
    return _as_place(outer, source or None)


def _inside(names: list[str], outer: Division | None) -> list[Division | None]:
    """The places of names from large to small, each looked up within the last one found."""
    found: list[Division | None] = []
    for name in names:
        if not name:
            continue
        place = _find(name, outer)
        if place and outer and not _within(place, outer):
            place = None
        found.append(place)
        outer = place or outer
    return found


def _find(text: str, outer: Division | None = None) -> Division | None:
    """A place of today: what became of it where the text names one of the past."""
    text = re.sub(r"\s+", "", text)
    if len(text) == 6 and text.isdigit():
        return division_of(text) if is_division(text) else None
    place = find_division(text, within=outer)
    return (successor(place) or place) if place else None


def _narrowest(places: list[Division | None]) -> Division | None:
    return next((place for place in reversed(places) if place), None)


def _within(place: Division, outer: Division) -> bool:
    if outer.level == "province":
        return place.province == outer.code
    if outer.level == "prefecture":
        return place.prefecture == outer.code
    return place.code == outer.code


def _of_code(authority: str) -> Division | None:
    """The prefecture (or province) of an issuing authority; its own county need not be the firm's."""
    if len(authority) != 6 or not authority.isdigit():
        return None
    for code in (authority, authority[:4] + "00", authority[:2] + "0000"):
        if is_division(code):
            place = division_of(code)
            place = successor(place) or place
            return division_of(place.prefecture or place.province)
    return None


def _of_name(name: str, outer: Division | None) -> Division | None:
    """The place a name begins with, the longest first: 河南省…, 许昌市…, 许昌…"""
    for size in range(len(name), 1, -1):
        place = _find(name[:size], outer)
        if place:
            return place
    return None


def _as_place(found: Division | None, source: str | None) -> Place:
    if found is None:
        return NOWHERE
    county = found.code if found.level == "county" else None
    return Place(found.province, found.prefecture, county, source)
