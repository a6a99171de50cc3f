from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.registry.codes import (
    ALPHABET,
    CodeProblem,
    CreditCode,
    check_character,
    check_codes,
    check_uscc,
    split_uscc,
)

first_17 = st.text(st.sampled_from(ALPHABET), min_size=17, max_size=17)


def _check_character_by_hand(first: str) -> str:
    """GB 32100-2015, 4.5, digit by digit in plain integers."""
    weight, total = 1, 0
    for char in first:
        total += ALPHABET.index(char) * weight
        weight = weight * 3 % 31
    return ALPHABET[(31 - total % 31) % 31]


@given(first_17)
def test_check_character_follows_the_standard(first: str) -> None:
    """The check character is the weighted sum modulo 31, whatever the first 17 are."""
    assert check_character(first) == _check_character_by_hand(first)


@given(first_17, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(first: str, position: int, other: str) -> None:
    """A code that differs from a valid one in a single character is not valid: 31 is a prime."""
    valid = first + check_character(first)
    wrong = valid[:position] + other + valid[position + 1 :]
    assert check_uscc(wrong) == (None if wrong == valid else CodeProblem.CHECK)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("91350100M000100Y43", None),  # the example printed in the standard
        (" 91350100m000100y43 ", None),
        ("９１３５０１００Ｍ０００１００Ｙ４３", None),
        ("'91350100M000100Y43", None),
        ("91350100M000100Y44", CodeProblem.CHECK),
        ("91350100M000100I43", CodeProblem.CHARACTERS),
        ("91350100M000100Y4好", CodeProblem.LENGTH),
        ("410000100012345", CodeProblem.LEGACY),
        ("13497257-7", CodeProblem.LENGTH),
        ("", CodeProblem.LENGTH),
    ],
)
def test_what_is_wrong_with_a_code_has_a_name(code: str, problem: CodeProblem | None) -> None:
    """Blanks, width, case and a sheet's apostrophe do not matter; everything else has its own problem."""
    assert check_uscc(code) == problem


def test_parts_of_a_code() -> None:
    """A valid code names the authority, its division and the organisation."""
    assert split_uscc("91350100M000100Y43") == CreditCode("9", "1", "350100", "M000100Y4", "3")


def test_an_invalid_code_has_no_parts() -> None:
    """Nothing is read from a code whose check character does not fit."""
    assert split_uscc("91350100M000100Y44") is None


def test_columns_of_codes_keep_their_nulls() -> None:
    """A code that was not given is no problem, also in a slice of a larger column."""
    column = pa.array(["x", None, "91350100M000100Y43", "91350100M000100Y44", "410000100012345"]).slice(1)
    assert check_codes(column).to_pylist() == [None, None, "check", "legacy"]


def test_check_character_refuses_what_is_no_code() -> None:
    """I, O, S, V and Z are not in the alphabet."""
    with pytest.raises(ValueError, match="not 17 characters"):
        check_character("9135010OM000100Y4")
