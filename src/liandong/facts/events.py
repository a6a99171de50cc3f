"""Events: what took place, when and where, and who was the host."""

from __future__ import annotations

import re

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, skip

_H = words("heads")
_EVENT = re.compile(
    rf"(?P<name>[^,;:。]{{2,60}}?(?:{any_of(_H['event'])}))(?P<mid>[^,;:。]{{0,24}}?)(?P<verb>(?:成功|隆重|正式|盛大|顺利)?(?:{any_of(_H['event_verbs'])}))"
)
_TOLD = re.compile(
    rf"(?P<name>[^,;:。]{{4,40}}?(?:{any_of(_H['event'])}))(?P<verb>透露|获悉|公布|发布|披露)\Z"
)
_HELD = re.compile(
    rf"(?:举行|召开|举办|启动)了?(?P<name>(?!(?:项目|集中|现场|重点|产业|合作|了)*(?:签约|启动|揭牌|开工)?(?:仪式|活动)\Z)[^,;:。]{{4,50}}?(?:{any_of(_H['event'])}))\Z"
)
_HOST = re.compile(r"由(?P<host>[^,;:。]{3,50}?)(?:联合|共同)?(?P<verb>主办|承办|协办)")
_ALSO_HOST = re.compile(r"(?P<host>[^,;:。]{3,50}?)(?:联合|共同)?(?P<verb>承办|协办)\Z")
_IN = re.compile(r"在(?P<place>[^,;:。]{2,16}?)(?:成功|隆重|正式|盛大|顺利)?\Z")
_PREFIX = re.compile(
    r"(?:(?:上午|下午|晚|晚间|以[^,]{2,24}?为主题的|由[^,]{2,30}?(?:主办|承办)的|在[^,]{2,12}?(?:举行|举办)的|,|、|\s|】)+)"
)


def event(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """Add the event that a clause reports; its day becomes the day of what is signed there."""
    reading, text, state = draft.reading, draft.reading.text, draft.state
    host = _HOST.search(text, clause.start, clause.end)
    if host is None and state.event and (match := _ALSO_HOST.match(text, clause.start, clause.end)):
        host = match
    if host:
        _host(draft, sentence, clause, host)
    match = _EVENT.match(text, clause.start, clause.end) or _TOLD.match(text, clause.start, clause.end)
    if match:
        begin, end = match.span("name")
        verb = (
            Phrase("举行", begin, end)
            if match["verb"] in ("透露", "获悉", "公布", "发布", "披露")
            else Phrase(reading.raw(*match.span("verb")), *match.span("verb"))
        )
    elif held := _HELD.search(text, clause.start, clause.end):
        begin, end = held.span("name")
        verb = Phrase(text[held.start() : held.start() + 2], held.start(), held.start() + 2)
    else:
        return None
    begin = _begin(reading, begin, end)
    if end - begin < 4:
        return None
    time = _day(
        reading, sentence, clause, (begin, end), match.start("verb") if match else (verb.start or begin)
    )
    if time is None or time[0] is None or len(time[0]) != 10:
        if time is None and not re.search(
            r"大会|推介|对接|论坛|峰会|签约|博览|仪式|联赛|锦标赛|运动会", text[begin:end]
        ):
            return None
        if time is None:
            time = (None, Ground("default"))
    subject = Phrase(reading.raw(begin, end), begin, end, "stated", "event")
    where = _place(reading, text, match) if match else None
    draft.add(
        Kind.EVENT, subject, verb, sentence, clause, period=time, region=where, quote=(begin, verb.end or end)
    )
    state.event = subject
    if time[0] and len(time[0]) == 10:
        state.event_date, state.event_ground = time
    return subject


def _day(
    reading: Reading, sentence: Sentence, clause: Clause, name: tuple[int, int], stop: int
) -> tuple[str | None, Ground] | None:
    """The last time word before the verb that is no part of the event's name."""
    inside = reading.times_in(*name)
    outside = [t for t in reading.times_in(sentence.start, stop) if t not in inside]
    if not outside:
        return None
    how = "stated" if outside[-1].start >= clause.start else "carried"
    return outside[-1].period, Ground(how, outside[-1].start, outside[-1].end)


def _begin(reading: Reading, start: int, end: int) -> int:
    moved = True
    while moved:
        moved = False
        at = skip(reading, start, end)
        match = _PREFIX.match(reading.text, at, end)
        at = match.end() if match else at
        moved, start = at > start, at
    return start


def _place(reading: Reading, text: str, match: re.Match[str]) -> Phrase | None:
    found = _IN.search(text, match.end("name"), match.start("verb"))
    if found:
        named = reading.places_in(*found.span("place"))
        span = (named[0].start, named[-1].end) if named else found.span("place")
        return Phrase(reading.raw(*span), *span, "stated", "place")
    inside = re.search(r"\((?P<place>[^)]{2,6})\)", match["name"])
    if inside:
        a, b = match.start("name") + inside.start("place"), match.start("name") + inside.end("place")
        if reading.places_in(a, b):
            return Phrase(reading.raw(a, b), a, b, "stated", "place")
    return None


def _host(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> None:
    reading, state = draft.reading, draft.state
    if state.event is None:
        return
    span = match.span("host")
    verb = match.span("verb")
    draft.add(
        Kind.EVENT,
        state.event.carried(),
        Phrase(reading.raw(*verb), *verb),
        sentence,
        clause,
        target=span,
        period=(state.event_date, state.event_ground or Ground("default")),
    )
