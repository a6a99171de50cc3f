"""The unified social credit code (统一社会信用代码) and what came before it.

GB 32100-2015: 18 characters from an alphabet of 31 (no I, O, S, V, Z); the last one checks the others, modulo
31 with the weights 3^i. Characters 3 to 8 name the division of the registering authority (GB/T 2260), 9 to 17
are the organisation code (GB 11714). Older licences carry a registration number of 15 digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
LEGACY_LENGTH = 15
_WEIGHTS = np.array([pow(3, i, 31) for i in range(LENGTH - 1)], dtype=np.int64)
_BAD = -1
_VALUE = np.full(256, _BAD, dtype=np.int64)
for _value, _char in enumerate(ALPHABET):
    _VALUE[ord(_char)] = _value


class CodeProblem(StrEnum):
    """Why a code that was given does not identify a firm by itself."""

    LEGACY = "legacy"
    """A registration number of 15 digits, from before 2015."""
    LENGTH = "length"
    """Neither 18 characters nor 15 digits."""
    CHARACTERS = "characters"
    """A character outside the alphabet of GB 32100."""
    CHECK = "check"
    """The check character does not fit."""
    DUPLICATE = "duplicate"
    """One source gives the same code to firms of different names."""


_INDEX = {problem: i for i, problem in enumerate(CodeProblem, 1)}


@dataclass(frozen=True, slots=True)
class CreditCode:
    """The parts of a valid code."""

    authority: str  # 1: who registers (9 market regulation, 1 institutions, 5 civil affairs …)
    category: str  # 2: what kind of body
    division: str  # 3–8: GB/T 2260 code of the registering authority
    organisation: str  # 9–17: organisation code with its own check character
    check: str  # 18


def tidy_code(code: str) -> str:
    """The code in half-width capitals without blanks and apostrophes."""
    return str(tidy_codes(pa.array([code], pa.string()))[0].as_py())


def check_uscc(code: str) -> CodeProblem | None:
    """What is wrong with a code (after `tidy_code`); None if it is valid."""
    index = int(_faults(tidy_codes(pa.array([code], pa.string())))[0])
    return None if index == 0 else list(CodeProblem)[index - 1]


def check_character(first: str) -> str:
    """The check character that belongs to the first 17. ValueError if they are not 17 of the alphabet."""
    if len(first) != LENGTH - 1 or any(char not in ALPHABET for char in first):
        raise ValueError(f"not 17 characters of GB 32100: {first!r}")
    total = sum(ALPHABET.index(char) * int(weight) for char, weight in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def split_uscc(code: str) -> CreditCode | None:
    """The parts of a code; None if it is not valid."""
    text = tidy_code(code)
    if check_uscc(text) is not None:
        return None
    return CreditCode(text[0], text[1], text[2:8], text[8:17], text[17])


def tidy_codes(codes: pa.Array) -> pa.Array:
    """`tidy_code` over a text array; nulls stay null."""
    wide = pc.utf8_upper(pc.utf8_normalize(codes, form="NFKC"))
    return pc.replace_substring_regex(wide, pattern=r"[\s'`’‘\x{200b}\x{feff}]+", replacement="")


def check_codes(codes: pa.Array) -> pa.Array:
    """`check_uscc` over a tidied text array: the problem's name, null where valid or not given."""
    problems = pa.array([None, *(problem.value for problem in CodeProblem)], pa.string())
    return pc.take(problems, pa.array(_faults(codes)))


def _faults(codes: pa.Array) -> NDArray[np.int8]:
    """Index of the problem in CodeProblem, from 1; 0 where there is none."""
    found = np.zeros(len(codes), dtype=np.int8)
    size = np.asarray(pc.fill_null(pc.binary_length(codes), -1))
    found[(size >= 0) & (size != LENGTH)] = _INDEX[CodeProblem.LENGTH]
    old = np.asarray(pc.fill_null(pc.match_substring_regex(codes, r"^[0-9]{15}$"), False))
    found[old] = _INDEX[CodeProblem.LEGACY]
    whole = size == LENGTH
    if whole.any():
        found[whole] = _faults_of_whole(codes.filter(pa.array(whole)))
    return found


def _faults_of_whole(codes: pa.Array) -> NDArray[np.int8]:
    """Faults of codes of 18 bytes each."""
    values = _VALUE[_bytes(codes)]
    found = np.zeros(len(values), dtype=np.int8)
    total = values[:, :-1] @ _WEIGHTS
    found[(total + values[:, -1]) % 31 != 0] = _INDEX[CodeProblem.CHECK]
    found[(values == _BAD).any(axis=1)] = _INDEX[CodeProblem.CHARACTERS]
    return found


def _bytes(codes: pa.Array) -> NDArray[np.uint8]:
    """(n, 18) bytes of n texts of 18 bytes."""
    codes = pc.cast(codes, pa.string())
    _, offsets, data = codes.buffers()
    start = int(np.frombuffer(offsets, dtype=np.int32, count=codes.offset + 1)[codes.offset])
    taken = np.frombuffer(data, dtype=np.uint8, count=len(codes) * LENGTH, offset=start)
    return taken.reshape(-1, LENGTH)
