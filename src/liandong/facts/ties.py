"""Ties with a number in them: with how many partners, and in what proportion.

与12所职业院校建立技能人才联合培养机制      12 所: 建立技能人才联合培养机制的职业院校
飞地税收由南阳、嘉定按4:6分享               4:6: 飞地税收分享比例
"""

from __future__ import annotations

import re
from dataclasses import replace

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.emission import emit
from liandong.facts.fact import Kind
from liandong.facts.leftward import Left
from liandong.facts.lexicon import any_of, words
from liandong.facts.phrases import parties, party
from liandong.facts.subjects import Phrase, home, skip

_V = words("verbs")
_PARTNERS = re.compile(
    r"(?P<own>[^,;:。]*?)(?:还|已|先后|分别|累计)*(?P<with>与|同|和|携手|联合)(?P<other>[^,;:。\d]{0,16}?)(?:等|的)?\Z"
)
_AGREED = re.compile(
    rf"(?P<noun>[一-鿿]{{2,10}}?)(?P<what>(?:{any_of(_V['tie'])}|保持|形成|搭建|构建)(?:了)?[^,;。\d]{{2,24}})(?=$|[,;。])"
)
_SHARED = re.compile(r"(?P<what>[^,;:。]{2,16}?)由(?P<parties>[^,;:。\d]{3,24}?)按(?:照)?\Z")
_SHARING = re.compile(r"(?:的?比例)?(?:进行)?(?P<verb>分享|分成|共享|分配|分担|分账)")


def counted_tie(draft: Draft, sentence: Sentence, clause: Clause) -> bool:
    """Add the number of a tie; True if the clause's number is spent."""
    reading, text = draft.reading, draft.reading.text
    values = reading.numbers_in(clause.start, clause.end)
    if len(values) != 1:
        return False
    number = values[0]
    if number.family == "ratio" and (
        shared := _SHARED.match(text, skip(reading, clause.start, clause.end), number.start)
    ):
        return _sharing(draft, sentence, clause, shared)
    if number.family != "count":
        return False
    match = _PARTNERS.match(text, skip(reading, clause.start, number.start), number.start)
    agreed = _AGREED.match(text, number.end, clause.end)
    if match is None or agreed is None:
        return False
    own = party(reading, *match.span("own")) or (
        draft.state.owner.carried() if draft.state.owner else home(reading)
    )
    if own is None:
        return False
    other = reading.raw(*match.span("other")) + agreed["noun"]
    start = match.start("own") if own.how == "stated" else match.start("with")
    subject = Phrase(
        f"{own.text}–{other}",
        min(start, own.start) if own.start is not None else start,
        agreed.end("noun"),
        "carried" if own.how == "carried" else "stated",
        "tie",
    )
    indicator = Phrase(f"{reading.raw(*agreed.span('what'))}的{agreed['noun']}", number.start, agreed.end())
    left = Left(None, None, "level", "", number.start, start)
    emit(draft, sentence, clause, number, left, indicator, owner=subject, kind=Kind.COOPERATION)
    return True


def _sharing(draft: Draft, sentence: Sentence, clause: Clause, shared: re.Match[str]) -> bool:
    reading, text = draft.reading, draft.reading.text
    number = reading.numbers_in(clause.start, clause.end)[0]
    verb = _SHARING.match(text, number.end, clause.end)
    sides = parties(reading, *shared.span("parties"))
    if verb is None or len(sides) < 2:
        return False
    subject = Phrase("–".join(side.text for side in sides), sides[0].start, sides[-1].end, "stated", "tie")
    indicator = Phrase(
        f"{reading.raw(*shared.span('what'))}{verb['verb']}比例", shared.start("what"), verb.end()
    )
    left = Left(None, None, "level", "", number.start, shared.start("what"))
    emit(draft, sentence, clause, number, left, indicator, owner=subject, kind=Kind.COOPERATION)
    draft.state.lists.append(tuple(replace(side, how="carried") for side in sides))
    return True
