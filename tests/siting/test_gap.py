from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.siting import assign, read_gap

SMALL = "2 3\n4 1 2\n3 5 1\n2 2 2\n1 3 2\n4 3\n"


def test_instance_is_read_row_by_row(tmp_path: Path):
    """Costs, uses and capacities come in the published order; agents and jobs are numbered from 1."""
    path = tmp_path / "small.txt"
    path.write_text(SMALL)
    problem = read_gap(path)
    assert problem.cost.tolist() == [[4, 1, 2], [3, 5, 1]]
    assert [(c.use.tolist(), c.room) for c in problem.capacities] == [([[2, 2, 2]], 4), ([[1, 3, 2]], 3)]
    assert (problem.sites, problem.projects) == (("1", "2"), ("1", "2", "3"))


def test_answer_is_numbered_as_the_file(tmp_path: Path):
    """Job 1 goes to agent 2 for 3, job 2 to agent 1 for 1, job 3 to agent 2 for 1."""
    path = tmp_path / "small.txt"
    path.write_text(SMALL)
    data = assign(read_gap(path), 10).to_dict()
    assert (data["assignment"], data["objective"], data["bound"], data["proven"]) == ([2, 1, 2], 5, 5, True)


def test_gains_are_maximised(tmp_path: Path):
    """With gains the dearest placement within the capacities wins: 4 + 5 + 2 = 11."""
    path = tmp_path / "small.txt"
    path.write_text("1 " + SMALL)
    found = assign(read_gap(path, maximise=True), 10)
    assert (found.objective, found.bound, found.proven) == (11, 11, True)


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        ("2 3\n4 x 2", 2, "whole number"),
        ("2 3\n4 1 2", None, "asks for 16 numbers"),
        ("", None, "first two numbers are 0 and 0"),
        ("2 3\n4 -1 2", 2, "whole number"),
    ],
)
def test_bad_instance_says_where(tmp_path: Path, text: str, row: int | None, says: str):
    """A word that is no number, or numbers that lack, are named with file and line."""
    path = tmp_path / "bad.txt"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_gap(path)
    assert (caught.value.file, caught.value.row) == ("bad.txt", row)
    assert says in caught.value.problem.en
