from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from liandong.errors import InputError
from liandong.registry import Registry
from liandong.registry.codes import check_codes
from liandong.registry.synthetic import MARK, generate
from tests.registry.tables import HEADER, ROWS, SENYUAN, write_csv


def _parquet(folder: Path) -> Path:
    pq.write_table(generate(50, seed=1), folder / "synthetic.parquet")
    return folder / "synthetic.parquet"


def _real(folder: Path) -> Path:
    return write_csv(folder / "real.csv", ROWS)


def test_the_same_seed_gives_the_same_firms() -> None:
    """Scale tests can be repeated; another seed gives others."""
    assert generate(1000, seed=7).equals(generate(1000, seed=7))
    assert not generate(1000, seed=7).equals(generate(1000, seed=8))


def test_every_invented_firm_is_marked_and_has_a_code_of_its_own() -> None:
    """Each name ends in the mark, the source says synthetic, codes are valid, unique and nobody's."""
    table = generate(5000, seed=1)
    codes = table["uscc"].combine_chunks()
    assert all(name.endswith(MARK) for name in table["name"].to_pylist())
    assert table["source"].unique().to_pylist() == ["synthetic"]
    assert (check_codes(codes).null_count, len(codes.unique())) == (5000, 5000)
    assert {each[0] for each in codes.to_pylist()} == {"0"}


def test_a_registry_of_invented_firms_says_so(tmp_path: Path) -> None:
    """Every figure counted from it carries the note `synthetic`."""
    registry = Registry(tmp_path / "registry")
    report = registry.import_files([_parquet(tmp_path)])
    figure = registry.count()
    assert (report.rows, report.remarks, registry.snapshot.synthetic) == (50, {}, True)
    assert figure.coverage == registry.snapshot.coverage
    assert registry.snapshot.coverage.notes == ("synthetic",)


@pytest.mark.parametrize("order", [(_real, _parquet), (_parquet, _real)])
def test_invented_and_real_firms_do_not_mix(
    tmp_path: Path, order: tuple[Callable[[Path], Path], Callable[[Path], Path]]
) -> None:
    """Neither joins the other, in whichever order, in one import or in two; only on purpose."""
    first, second = (make(tmp_path) for make in order)
    registry = Registry(tmp_path / "registry")
    with pytest.raises(InputError, match="do not mix"):
        registry.import_files([first, second])
    before = registry.import_files([first])
    with pytest.raises(InputError, match="do not mix") as caught:
        registry.import_files([second])
    assert (caught.value.file, registry.snapshot.id) == (second.name, before.snapshot)
    report = registry.import_files([second], allow_mixed=True)
    assert (report.rows, registry.snapshot.coverage.notes) == (53, ("synthetic",))


def test_the_mark_survives_other_formats(tmp_path: Path) -> None:
    """Invented firms copied into a CSV of their own, or beside real ones, are still known as invented."""
    pyarrow.csv.write_csv(generate(5, seed=1).select(["name", "uscc"]), tmp_path / "copied.csv")
    registry = Registry(tmp_path / "registry")
    registry.import_files([tmp_path / "copied.csv"])
    assert registry.snapshot.synthetic
    mixed = write_csv(tmp_path / "mixed.csv", [SENYUAN, (f"甲厂{MARK}", *[""] * 6)], HEADER)
    with pytest.raises(InputError, match="do not mix"):
        Registry(tmp_path / "other").import_files([mixed])
