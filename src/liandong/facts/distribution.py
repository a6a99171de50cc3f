"""Distribution: n members and n values in one order (分别, 依次), one value for each of several (各)."""

from __future__ import annotations

import re
from dataclasses import replace

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.emission import emit, is_grant, related
from liandong.facts.fact import Ground
from liandong.facts.leftward import Left, clean, lskip, rstrip
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import Coordination, coordination, split
from liandong.facts.numbers import Number
from liandong.facts.periods import Period
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, short_name, skip, sort_of

Head = tuple[Phrase, Phrase | None]  # indicator, owner

_PAYING = re.compile(rf"(?:{any_of(words('metrics')['paying'])})\Z")
_EACH = re.compile(r"各(?![级类地项种方界族])(?:自|有)?(?P<verb>[一-鿿]{0,4})\Z")
_OWN_LIST = re.compile(
    r"(?P<list>[一-鿿]{1,10}(?:[、和与][一-鿿]{1,10}?)+?)(?:[两三四](?:级|方|地|市|县|区))(?P<tail>[一-鿿]{0,6})\Z"
)
_SHARED_OUT = re.compile(r"分别|依次|(?:每[年月人])?(?:给予|发放|可享受|享受)")
_INVESTED = re.compile(r"(?:计划)?(?:总)?投资(?:额)?\Z|(?:投资)?金额\Z")
_LIST = re.compile(r"(?:[^、,;:。和与及由在的按\d]{2,10}(?:、|和|与|及))+[^、,;:。和与及的按\d]{2,12}")
_BEGINS = re.compile(r"分别|依次|引进|签约|签下|签订|建设|涉及|涵盖|包括|布局|聚焦|发展|围绕")
_GRANT_WORDS = re.compile(
    rf"(?:每[年月人])?(?:分别|依次)?(?:给予|发放|享受|提供|按)?(?P<np>.{{0,8}}?(?:{any_of(words('metrics')['grants'])})$)"
)
_GRANT_BEHIND = re.compile(rf"(?:的)?(?P<np>[一-鿿]{{0,6}}?(?:{any_of(words('metrics')['grants'])}))")
_SHORT_TAIL = re.compile(r"毕业生|研究生|学历|人才|企业")
_GAP_OF = re.compile(r"比(?P<of>[^,;\d]{2,16}?)(?:平均水平|平均)?(?:分别|依次)?(?P<how>高|低|快|慢|多|少)出?")
_TOWN_AND_COUNTRY = re.compile(r"城乡(?=(?:(?:常住)?居民|低保|特困|最低)(?![^,;\d]*、))")
_BOTH = ("城镇", "农村")
_LONGEST_MEMBER = 24
_EACH_OF = re.compile(r"(?<![年人户日月亩地平])均|都|双双")  # no 年均
_ALL_OF = re.compile(rf"(?:{_EACH_OF.pattern})\Z")
_MEASURE = re.compile(r"[率量额值数积程速长入重]\Z|规模|收入|产能|能力|水平|投资|指数|比例")
_PER = re.compile(r"每[年月人]\Z")
_GIVEN = re.compile(r"给予|发放|提供|补助|奖励")
_FEWEST, _MOST = 2, 8


def is_each(text: str, start: int, end: int) -> bool:
    """Whether 各 stands before the number."""
    return bool(_EACH.search(text, start, end))


def distribute(
    draft: Draft, sentence: Sentence, clause: Clause, group: list[Number], cursor: int, left: Left
) -> bool:
    """Bind a run of values member by member; False if no list of that length is found."""
    reading, text = draft.reading, draft.reading.text
    if len(group) == 1:
        return _each(draft, sentence, clause, group[0], left)
    if years := _years(reading, clause, group):
        if left.base is None:
            return False
        indicator = Phrase(clean(reading, *left.base), *left.base)
        for number, year in zip(group, years, strict=True):
            emit(draft, sentence, clause, number, left, indicator, period=year)
        return True
    begin = lskip(reading, skip(reading, cursor, left.own_start), left.own_start)
    end = left.base[1] if left.base else rstrip(text, cursor, left.own_start)
    behind = _GRANT_BEHIND.match(text, group[-1].end, clause.end) if group[0].family == "money" else None
    if left.relation == "gap" and (gaps := _gaps(text, left, len(group), group[0].start)):
        base = Phrase(clean(reading, *left.base), *left.base) if left.base else draft.state.base
        if base is None:
            return False
        for number, own in zip(group, gaps, strict=True):
            emit(draft, sentence, clause, number, left, related(base, replace(left, own=own), number))
        return True
    heads = _here(draft, begin, end, len(group), behind) or _earlier(draft, left, len(group), behind)
    if heads is None:
        return False
    for number, (head, owner) in zip(group, heads, strict=True):
        emit(draft, sentence, clause, number, left, related(head, left, number), owner=owner)
    draft.state.heads = tuple(
        (replace(head, how="carried"), owner and owner.carried()) for head, owner in heads
    )
    draft.state.base = None
    return True


def alike(reading: Reading, span: tuple[int, int], number: Number) -> list[Phrase]:
    """A、B均居第2位, A率、B率超过93%: the members that one value holds for; empty if there is one alone."""
    text, stop = reading.text, number.start
    last = _ALL_OF.search(text, span[0], span[1])
    each = last is not None or bool(_EACH_OF.search(text, span[1], stop))
    spans = split(text, span[0], last.start() if last else span[1])
    if len(spans) < _FEWEST or any(b - a > _LONGEST_MEMBER for a, b in spans):
        return []
    rates = all(text[a:b].endswith(("率", "比例")) for a, b in spans)
    ranked = number.family == "rank" and all(_MEASURE.search(text, a, b) for a, b in spans)
    found = coordination(text, spans[0][0], spans[-1][1], len(spans))
    counted = each and (number.family == "count" or bool(_MEASURE.search(text, *spans[-1])))
    if found is None or not (rates or ranked or counted):
        return []
    whole = (found.start, found.end)
    return [Phrase(found.text(reading.page.raw, i), *whole) for i in range(len(found.items))]


def note_lists(draft: Draft, clause: Clause) -> None:
    """Remember the short lists of a clause: a later 分别 or 各 may refer to them."""
    reading = draft.reading
    if "、" not in (words_of := reading.text[clause.start : clause.end]) and not re.search(
        "[和与及]", words_of
    ):
        return
    start = skip(reading, clause.start, clause.end)
    cuts = [m.span() for m in _BEGINS.finditer(reading.text, start, clause.end)]
    begins, ends = [start, *(b for _, b in cuts)], [*(a for a, _ in cuts), clause.end]
    for a, b in zip(begins, ends, strict=True):
        _note(draft, a, b)


def _note(draft: Draft, start: int, end: int) -> None:
    """The lists of [start, end), members with the tail that they share: 博士、硕士、本科毕业生."""
    reading = draft.reading
    for match in _LIST.finditer(reading.text, start, end):
        spans = split(reading.text, *match.span())
        found = coordination(reading.text, *match.span(), len(spans))
        if found is None or not _FEWEST <= len(spans) <= _MOST:
            continue
        tail = "项目" if reading.text.endswith("项目", *match.span()) else ""
        if not tail and found.tail and not _SHORT_TAIL.fullmatch(reading.text, *found.tail):
            found = Coordination(tuple(spans), None)
        phrases = []
        for i, (a, b) in enumerate(found.items):
            named = reading.places_in(a, b)
            if named and named[0].start == a:
                phrases.append(Phrase(named[0].short, a, named[0].end, "carried", "place"))
            elif tail:
                name = reading.raw(a, b).removesuffix(tail) + tail
                phrases.append(Phrase(name, a, match.end(), "carried", "project"))
            else:
                phrases.append(
                    Phrase(
                        found.text(reading.page.raw, i), a, max(b, found.end if found.tail else b), "carried"
                    )
                )
        draft.state.lists.append(tuple(phrases))


def _here(
    draft: Draft, begin: int, end: int, count: int, behind: re.Match[str] | None
) -> tuple[Head, ...] | None:
    """The members in the clause itself, before 分别 and with what stands behind it."""
    text = draft.reading.text
    if end <= begin:
        return None
    if count == len(_BOTH) and (both := _TOWN_AND_COUNTRY.match(text, begin, end)):
        name = clean(draft.reading, begin, end)
        return tuple((Phrase(name.replace(both[0], word, 1), begin, end), None) for word in _BOTH)
    cut = _SHARED_OUT.search(text, begin, end)
    if cut and behind:
        predicate = behind.span("np")
    else:
        predicate = (rstrip_start(text, cut.end(), end), end) if cut else (end, end)
    stop = cut.start() if cut else end
    rate = _PER.search(text, begin, stop)
    found = coordination(text, begin, rate.start() if rate else stop, count)
    if found is None or any(b - a > _LONGEST_MEMBER for a, b in found.items):
        return None
    granted = draft.state.grant
    if granted and predicate[0] >= predicate[1] and _GIVEN.search(text, begin, draft_end(cut, end)):
        whole = (found.start, found.end)
        return tuple(
            (granted, Phrase(found.text(draft.reading.page.raw, i), *whole)) for i in range(len(found.items))
        )
    return _heads(draft, found, predicate)


def draft_end(cut: re.Match[str] | None, end: int) -> int:
    """Where the words that share out end."""
    return max(cut.end(), end) if cut else end


def rstrip_start(text: str, start: int, end: int) -> int:
    """Past the light verb of a predicate: 给予一次性奖励 → 一次性奖励."""
    for word in ("给予", "发放", "为", "达到", "达", "有", "按", "补助至"):
        if text.startswith(word, start, end):
            return start + len(word)
    return start


def _heads(draft: Draft, found: Coordination, predicate: tuple[int, int]) -> tuple[Head, ...]:
    """Members as owners (places, those who are given) or as part of the indicator."""
    reading, topic = draft.reading, draft.state.topic
    action = reading.raw(*predicate)
    tail = reading.raw(*found.tail) if found.tail else ""
    whole = (found.start, max(found.end, predicate[1]))
    into_fund = bool(topic and topic.sort == "fund" and _PAYING.search(action or tail))
    out: list[Head] = []
    for i, (a, b) in enumerate(found.items):
        item = found.text(reading.page.raw, i)
        named = reading.places_in(a, b)
        place = bool(named and named[0].start == a and named[-1].end == b)
        if action and is_grant(action):
            out.append((Phrase(action, *predicate), Phrase(item, *whole)))
        elif tail and not into_fund and sort_of(item) in ("carrier", "organisation"):
            words_of = (tail + action, *(found.tail or predicate))
            out.append((Phrase(*words_of), Phrase(item, a, b, "stated", sort_of(item))))
        elif place and (tail or action) and not into_fund:
            words_of = (tail + action, *(found.tail or predicate))
            out.append((Phrase(*words_of), Phrase(short_name(reading, a, b), a, b, "stated", "place")))
        else:
            owner = topic.carried() if into_fund and topic else None
            out.append((Phrase(f"{item}{action}", *whole), owner))
    return tuple(out)


def _earlier(draft: Draft, left: Left, count: int, behind: re.Match[str] | None) -> tuple[Head, ...] | None:
    """The last list of this length: of the last 分别, of the counts just given, or of the words before."""
    reading, state = draft.reading, draft.state
    tail = clean(reading, *left.base) if left.base else ""
    tail = tail.removesuffix("分别").removesuffix("依次")
    if left.base and _INVESTED.search(tail):
        for phrases in reversed(state.lists):
            if len(phrases) == count and phrases[0].sort == "project":
                return tuple((Phrase(tail, *left.base), phrase) for phrase in phrases)
    grant = Phrase(reading.raw(*behind.span("np")), *behind.span("np")) if behind else None
    if left.base and is_grant(tail) and grant is None:
        at = _GRANT_WORDS.search(tail)
        grant = Phrase(at["np"] if at else tail, *left.base)
    if grant is not None:
        listed = next((p for p in reversed(state.lists) if len(p) == count), None)
        if len(state.heads) == count and state.heads[0][1] is not None and not listed:
            return tuple((grant, owner) for _, owner in state.heads)
        if listed:
            return tuple((grant, phrase) for phrase in listed)
    if len(state.heads) == count:
        heads: tuple[Head, ...] = state.heads
    elif len(state.counts) >= count:
        heads = tuple((phrase, None) for phrase in state.counts[-count:])
    else:
        found = next((p for p in reversed(state.lists) if len(p) == count), None)
        if found is None:
            return None
        heads = tuple((phrase, None) for phrase in found)
    return tuple((replace(head, text=f"{head.text}{tail}", how="carried"), owner) for head, owner in heads)


def _gaps(text: str, left: Left, count: int, end: int) -> list[str] | None:
    """比全国、全省分别高: one comparison for each value."""
    match = _GAP_OF.search(text, left.own_start, end)
    spans = split(text, *match.span("of")) if match else []
    if match is None or len(spans) != count:
        return None
    return [f"{match['how'].removesuffix('于').removesuffix('出')}于{text[a:b]}" for a, b in spans]


def _each(draft: Draft, sentence: Sentence, clause: Clause, number: Number, left: Left) -> bool:
    match = _EACH.search(draft.reading.text, left.begin, number.start)
    verb = match["verb"] if match else ""
    if match and (own := _several(draft, clause, match.start())):
        for phrase in own:
            indicator = Phrase(f"{phrase.text}{verb}", phrase.start, phrase.end)
            owner = draft.state.topic.carried() if draft.state.topic else None
            emit(draft, sentence, clause, number, replace(left, owner=None), indicator, owner=owner)
        return True
    for phrases in reversed(draft.state.lists):
        if all(p.sort == "place" or len(p.text) <= 6 for p in phrases):
            for phrase in phrases:
                indicator = Phrase(f"{phrase.text}{verb}", phrase.start, phrase.end, "carried")
                owner = draft.state.topic.carried() if draft.state.topic else None
                emit(draft, sentence, clause, number, replace(left, owner=None), indicator, owner=owner)
            return True
    return False


def _several(draft: Draft, clause: Clause, end: int) -> list[Phrase]:
    """市、区两级财政各…: the members that stand before 各 in its own clause."""
    reading = draft.reading
    match = _OWN_LIST.search(reading.text, clause.start, end)
    if match is None:
        return []
    spans = split(reading.text, *match.span("list"))
    tail = reading.raw(*match.span("tail")) if match["tail"] else ""
    level = "级" if tail and all(b - a == 1 for a, b in spans) else ""
    return [Phrase(reading.raw(a, b) + level + tail, a, match.end()) for a, b in spans]


def _years(reading: Reading, clause: Clause, group: list[Number]) -> list[Period] | None:
    """2020年至2022年 … 依次 14、21、23: one year a value."""
    for time in reading.times_in(max(0, clause.start - 20), group[0].start):
        match = re.fullmatch(r"(\d{4})/(\d{4})", time.period or "") if time.how == "span" else None
        if match and int(match[2]) - int(match[1]) + 1 == len(group):
            how = "stated" if time.start >= clause.start else "carried"
            years = range(int(match[1]), int(match[2]) + 1)
            return [(str(year), Ground(how, time.start, time.end)) for year in years]
    return None
