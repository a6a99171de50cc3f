from hypothesis import given
from hypothesis import strategies as st

from liandong.meetings import AskedBy, Pair, suggest, wishes

PAIRS = st.lists(
    st.builds(
        lambda sides, score: Pair(*sides, float(score)),
        st.lists(st.sampled_from("abcdef"), min_size=2, max_size=2, unique=True),
        st.integers(0, 5),
    ),
    max_size=20,
)


@given(PAIRS, st.integers(0, 3))
def test_suggestions_are_stable_within_limits(pairs: list[Pair], limit: int):
    """No one gets more than the limit, and no two left out would both gain by meeting."""
    chosen = [suggestion.pair for suggestion in suggest(pairs, limit=limit)]
    scores: dict[str, list[float]] = {side: [] for side in "abcdef"}
    for pair in chosen:
        scores[pair.first].append(pair.score)
        scores[pair.second].append(pair.score)
    assert max(map(len, scores.values())) <= limit
    met = {frozenset((pair.first, pair.second)) for pair in chosen}
    left = [pair for pair in pairs if frozenset((pair.first, pair.second)) not in met]
    gains = [
        pair
        for pair in left
        if all(
            len(scores[s]) < limit or (limit and min(scores[s]) < pair.score)
            for s in (pair.first, pair.second)
        )
    ]
    assert gains == []


def test_equal_scores_go_to_who_has_less():
    """Of equal pairs the one whose sides have fewer suggestions comes first."""
    pairs = [Pair("a", "b", 2), Pair("a", "c", 1), Pair("d", "c", 1)]
    assert [suggestion.pair for suggestion in suggest(pairs, limit=1)] == [pairs[0], pairs[2]]


def test_accepted_suggestions_become_wishes():
    """Who both accept is wished by both; a decline ends it; silence of both is no wish."""
    one, two, three, four = suggest([Pair("a", c, 9 - n) for n, c in enumerate("bcde")])
    answered = [
        one.answered("a", True).answered("b", True),
        two.answered("a", True).answered("c", False),
        three.answered("d", True),
        four,
    ]
    assert [(m.id, m.first, m.second, m.asked_by, m.priority) for m in wishes(answered)] == [
        ("S1", "a", "b", AskedBy.BOTH, 5),
        ("S3", "a", "d", AskedBy.SECOND, 3),
    ]
