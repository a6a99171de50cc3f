import numpy as np
from hypothesis import given, settings

from liandong.errors import Text
from liandong.siting import Capacity, Problem, explain
from liandong.siting.explaining import Kind, requirements
from tests.siting.small import every, only, problems, smallest_conflict


@settings(max_examples=60, deadline=None)
@given(problems(tight=True))
def test_conflict_is_the_smallest(problem: Problem):
    """The conflict cannot be satisfied, is proven smallest, and has the size found by trying all subsets."""
    conflict = explain(problem, 30)
    if every(problem):
        assert conflict is None
    else:
        position = {requirement: n for n, requirement in enumerate(requirements(problem))}
        held = [position[requirement] for requirement in conflict.requirements]
        assert (len(held), conflict.smallest) == (smallest_conflict(problem), True)
        assert every(only(problem, held)) == []


def test_conflict_names_capacity_and_projects():
    """Three projects of 4 into 10: no two of them conflict, all three with the capacity do."""
    capacity = Capacity(Text("甲园 · 电力", "park · power"), (0,), np.full((1, 4), 4.0), 10.0)
    problem = Problem(("s",), ("a", "b", "c", "d"), np.zeros((1, 4)), (capacity,), optional={3: 1})
    conflict = explain(problem)
    assert [(each.kind, each.number) for each in conflict.requirements] == [
        (Kind.MUST, 0),
        (Kind.MUST, 1),
        (Kind.MUST, 2),
        (Kind.CAPACITY, 0),
    ]


def test_project_without_any_site_is_the_conflict():
    """A must that is barred everywhere conflicts with nothing but itself."""
    problem = Problem(("s",), ("a", "b"), np.zeros((1, 2)), (), allowed=np.array([[True, False]]))
    assert [each.text.en for each in explain(problem).requirements] == ["b must be placed"]
