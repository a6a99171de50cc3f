"""One spelling for texts that differ only in width, brackets, blanks, case or punctuation."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
import pyarrow.compute as pc


def narrow(text: str) -> str:
    """Full-width letters, digits, brackets and signs in their half-width form (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", text)


def normalise_name(name: str) -> str:
    """The key under which a name is compared: NFKC, capitals, letters and digits alone.

    上海电气（许昌）有限公司, 上海电气(许昌)有限公司 and 上海电气 许昌有限公司 have one key.
    """
    return str(name_keys(pa.array([name], pa.string()))[0].as_py())


def name_keys(names: pa.Array) -> pa.Array:
    """`normalise_name` over a text array; nulls stay null."""
    wide = pc.utf8_upper(pc.utf8_normalize(names, form="NFKC"))
    return pc.replace_substring_regex(wide, pattern=r"[^\p{L}\p{N}]+", replacement="")
