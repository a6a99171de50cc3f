"""The side copy."""

import json

from hypothesis import given
from hypothesis import strategies as st

from liandong.documents import fold
from liandong.documents.folding import FOLDED, narrow

TRADITIONAL = "".join(chr(code) for code in FOLDED if narrow(chr(code)) == chr(code))


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


@given(st.text(st.sampled_from(TRADITIONAL) | st.characters()))
def test_traditional_text_folds_in_place(text):
    """A Traditional text folds to one of its length that folds no further."""
    folded = fold(text)
    assert (len(folded), fold(folded), folded[2:5]) == (len(text), folded, fold(text[2:5]))


def test_traditional_characters_are_read_as_simplified_ones():
    """One for one, variants of Hong Kong and Taiwan as well."""
    assert fold("許昌市高新技術企業549家，總投資33.28億元，位於臺灣、關於衞生與裡面的後續特徵") == (
        "许昌市高新技术企业549家,总投资33.28亿元,位于台湾、关于卫生与里面的后续特征"
    )


def test_characters_that_simplified_text_writes_too_are_kept():
    """The county 乾县, 著名 and the name 昇 mean themselves."""
    assert fold("乾县著名的昇辉慰藉瞭望覆盖") == "乾县著名的昇辉慰藉瞭望覆盖"


def test_simplified_text_folds_to_itself(pages):
    """In the dev pages no character is taken for a Traditional one."""
    texts = [json.loads(path.read_text("utf-8"))["text"] for path in sorted((pages / "dev").glob("*.json"))]
    assert [text for text in texts if fold(text) != narrow(text)] == []
