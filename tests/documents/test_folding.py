"""The side copy."""

from hypothesis import given
from hypothesis import strategies as st

from liandong.documents import fold
from liandong.documents.folding import FOLDED


@given(st.text())
def test_a_fold_is_as_long_as_its_text(text):
    """Every character folds to one character."""
    assert len(fold(text)) == len(text)


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_a_span_of_the_fold_is_the_fold_of_the_span(text, start, end):
    """Offsets of the copy are offsets of the text."""
    assert fold(text)[start:end] == fold(text[start:end])


@given(st.text())
def test_folding_twice_is_folding_once(text):
    """A folded text is its own fold."""
    assert fold(fold(text)) == fold(text)


def test_every_folded_character_is_stable():
    """No character folds to one that folds further."""
    assert [code for code, plain in FOLDED.items() if plain in FOLDED] == []


def test_width_spaces_hyphens_and_dots_fold():
    """Full-width signs, wide spaces, hyphens, waves and raised dots become the plain ones."""
    assert fold("（１２．５％）：Ａ，ｂ；\u3000\xa01‐4−5～6•7") == "(12.5%):A,b;  1-4-5~6·7"


def test_quotes_stops_dashes_and_marks_are_kept():
    """Quotation marks, 。 、 —, circled and raised digits, line ends and invisible marks stay as they are."""
    kept = "“小巨人”‘x’「y」《z》。、—①²㎡\r\n\u200b\u202e"
    assert fold(kept) == kept
