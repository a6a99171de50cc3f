import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.targets.searching import containing

LETTERS = st.sampled_from("森源电气𠮷a \n")


@given(
    st.lists(st.text(LETTERS, max_size=8), max_size=12),
    st.lists(st.text(LETTERS, min_size=2, max_size=5), unique=True, max_size=8),
    st.integers(0, 3),
)
def test_each_word_finds_the_names_that_contain_it(names, words, cut):
    """As `in` does, name by name: across no boundary, each name once, also in a slice of a column."""
    column = pa.array(names, pa.string()).slice(cut)
    found = [rows.tolist() for rows in containing(column, words)]
    assert found == [[row for row, name in enumerate(names[cut:]) if word in name] for word in words]


@pytest.mark.parametrize("words", [["森"], ["森源", "森源"]])
def test_single_characters_and_repeated_words_are_refused(words):
    """They would be answered wrongly."""
    with pytest.raises(ValueError, match="distinct and of two characters"):
        containing(pa.array(["森源电气"]), words)
