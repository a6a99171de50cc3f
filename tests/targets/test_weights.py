from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.targets import Weight, adjust, dump_weights, load_weights
from liandong.targets.weights import NAMES

finite = st.floats(-1e12, 1e12, allow_nan=False)


def test_the_shipped_points_add_up_to_a_hundred():
    """A score reads as a share of the best conceivable firm."""
    assert (set(load_weights()), sum(w.points for w in load_weights().values())) == (set(NAMES), 100.0)


@given(finite, finite, st.sampled_from(list(load_weights().values())))
def test_points_are_monotone_and_capped(one: float, other: float, weight: Weight):
    """More of a good thing never lowers the score, and nothing gives more than its cap."""
    low, high = sorted((one, other))
    first, second = weight.apply(np.array([low, high]))
    if weight.full < weight.zero:
        first, second = second, first
    assert 0 <= first <= second <= weight.points


@pytest.mark.parametrize("weight", load_weights().values(), ids=load_weights())
def test_zero_and_full_give_nothing_and_everything(weight: Weight):
    """The two values of the file mean what they say."""
    assert weight.apply(np.array([weight.zero, weight.full])).tolist() == [0.0, weight.points]


def test_unknown_adds_nothing():
    """NaN is not guessed."""
    assert Weight(10, 0, 1).apply(np.array([np.nan])).tolist() == [0.0]


def test_a_file_changes_only_what_it_names(tmp_path: Path):
    """Weights that a file leaves out stay as shipped."""
    file = tmp_path / "weights.toml"
    file.write_text("[distance]\npoints = 9\nzero = 500\nfull = 50\n", encoding="utf-8")
    assert load_weights(file) == {**load_weights(), "distance": Weight(9, 500, 50)}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[luck]\npoints=1\nzero=0\nfull=1", "luck"),
        ("[fit]\npoints=1", "fit"),
        ("[fit]\npoints='1'\nzero=0\nfull=1", "fit"),
        ("[fit]\npoints=1\nzero=1\nfull=1", "fit"),
        ("[fit]\npoints=-1\nzero=0\nfull=1", "fit"),
        ("[fit]\npoints=1\nzero=0\nfull=1\nscale='log'", "fit"),
        ("[fit]\npoints=1\nzero=0\nfull=1\nuncertainty=-1", "fit"),
        ("[capital]\npoints=30\nzero=1\nfull=10\nscale='log'", "listed, capital"),
        ("fit = 3", "fit"),
        ("[fit", None),
    ],
)
def test_a_wrong_weight_is_named(tmp_path: Path, text: str, field: str | None):
    """The file and the contribution stand in the error."""
    file = tmp_path / "weights.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_weights(file)
    assert (raised.value.file, raised.value.field) == (str(file), field)


def test_what_if_changes_points_only():
    """Other points for one, none for another; zero, full and scale stay."""
    shipped = load_weights()
    assert adjust(shipped, {"fit": 40}, ["distance"]) == {
        **shipped,
        "fit": Weight(40, 0, 1),
        "distance": Weight(0, 1500, 100),
    }


@pytest.mark.parametrize(
    ("points", "without"), [({"luck": 3}, []), ({"fit": -1}, []), ({}, ["luck"]), ({"capital": 50}, [])]
)
def test_what_cannot_be_is_refused(points: dict[str, float], without: list[str]):
    """Contributions that there are not, negative points, and size above all."""
    with pytest.raises(InputError):
        adjust(load_weights(), points, without)


def test_dumped_weights_read_back(tmp_path: Path):
    """A learned file is a file like any other."""
    file = tmp_path / "weights.toml"
    weights = {**load_weights(), "presence": Weight(9, 0, 2, "linear", 0.4)}
    file.write_text(dump_weights(weights), encoding="utf-8")
    assert load_weights(file) == weights
