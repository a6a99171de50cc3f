from __future__ import annotations

import tomllib

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from liandong.plan.lines import lines

keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
scalars = st.one_of(
    st.integers(-(2**60), 2**60),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(keys, values, max_size=5)


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    inner = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    return {path} - {()} | {p for key, item in inner for p in paths(item, (*path, key))}


@given(documents, st.booleans())
def test_every_item_has_a_line(data: dict[str, object], multiline: bool):
    """Whatever the reader finds in a text has a line, and nothing else has."""
    text = tomli_w.dumps(data, multiline_strings=multiline)
    found = lines(text)
    assert set(found) == paths(tomllib.loads(text))


@given(documents)
def test_lines_are_within_the_text(data: dict[str, object]):
    """No line lies outside the text, and a table's items do not stand before it."""
    text = tomli_w.dumps(data)
    found = lines(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


def test_lines_of_a_text_written_by_hand():
    """Comments, blank lines, multi-line strings, nested arrays of tables, dotted and quoted keys."""
    text = '''\
# a comment with [[brackets]] and "quotes
a.b = """
[not.a.table]
x = 1
""" # after
"c d" = [ # [
  'e', # ]
  { f = "g", h = [1,
    2] },
]

[[t]]
n = 1
  [[t.s]]
  m = "}"
  [[t.s]]
[[t]]
[t.u.v]
w = 1979-05-27T07:32:00Z'''
    assert lines(text) == {
        ("a",): 2,
        ("a", "b"): 2,
        ("c d",): 6,
        ("c d", 0): 7,
        ("c d", 1): 8,
        ("c d", 1, "f"): 8,
        ("c d", 1, "h"): 8,
        ("c d", 1, "h", 0): 8,
        ("c d", 1, "h", 1): 9,
        ("t",): 12,
        ("t", 0): 12,
        ("t", 0, "n"): 13,
        ("t", 0, "s"): 14,
        ("t", 0, "s", 0): 14,
        ("t", 0, "s", 0, "m"): 15,
        ("t", 0, "s", 1): 16,
        ("t", 1): 17,
        ("t", 1, "u"): 18,
        ("t", 1, "u", "v"): 18,
        ("t", 1, "u", "v", "w"): 19,
    }


def test_windows_line_ends_count_once():
    """A file from Windows has the same lines."""
    assert lines("a = 1\r\nb = [\r\n 2]\r\n") == {("a",): 1, ("b",): 2, ("b", 0): 3}
