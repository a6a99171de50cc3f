"""Recognitions: titles, lists, pilots and awards given. One fact for each holder and each title."""

from __future__ import annotations

import re

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import split
from liandong.facts.phrases import before, parties, party, unquote
from liandong.facts.subjects import Phrase, home

_V = words("verbs")
_VERB = re.compile(rf"(?P<strong>{any_of(_V['honour'])})|(?P<weak>{any_of(_V['honour_weak'])})")
_OBJECT_END = re.compile(rf"(?:{any_of(_V['honour_objects'])})(?:[”’])?(?:\([^)]*\))?(?:称号|行列)?\Z")
_STOP = re.compile(r"、?(?:位?列第|排名?第|居第|居全|,|;|。|位列|位居)|(?<=..)(?:并|且)(?=[一-鿿]{2})")
_LIST = re.compile(r"(?:公布|发布|印发|揭晓|公示)(?:了)?(?P<list>[^,;。]{4,40}?)(?:名单|榜单|结果)")
_MEMBERS = re.compile(r"(?:分别|它们|即|依次)(?:是|为)|包括|分别")
_NOT_VERB = re.compile(r"者|感|率|企业[数名的]|数量|名单|单位|的|情况|条件|总数|标准")
_LEVEL = re.compile(r"国家|全国|省|中国|首批|世界|联合国|第[一二三四五六七八九十]")
_BESTOWED = re.compile(
    r"(?<![被获])(?P<verb>授予|授牌|命名)(?P<who>[^,;:。“]{2,20})(?:为)?“(?P<title>[^”]{3,30})”"
)
_TITLE_HEAD = re.compile(rf"(?:{any_of(_V['honour_objects'])})\Z")
# 成为第二批…试点城市: a title of a batch, no description
_BATCH = re.compile(r"(?:首批|新一批|第[一二三四五六七八九十]+批|国家级?|全国)[^,;。]{2,24}?(?:试点|示范)")
_PLACED = re.compile(r"(?:第[一二三四五六七八九十\d]+(?:位|名)?|首位|榜首)\Z")
_AMOUNTS = re.compile(r"(?:增至|增加到|达到|达|超过|突破|共有|累计)\Z")
_ACTS = re.compile(
    r"(?:争取|推动|支持|加快|力争|积极|重组|组织|指导|鼓励)"
)  # 争取新获批1所…: nobody holds it
_OUT = re.compile(r"\d|[一二三四五六七八九十]家")


def recognition(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """Add the recognitions of a clause; returns their holder, whom later clauses speak of."""
    text = draft.reading.text
    if match := _LIST.search(text, clause.start, clause.end):
        draft.state.award = Phrase(draft.reading.raw(*match.span("list")), *match.span("list"))
    if _members(draft, sentence, clause):
        return None
    if bestowed := _bestowed(draft, sentence, clause):
        return bestowed
    for match in _VERB.finditer(text, clause.start, clause.end):
        if _NOT_VERB.match(text, match.end(), clause.end):
            continue
        if match["weak"] and not _fits(text, match.end(), clause.end):
            continue
        if (
            match["weak"] == "授予"
            and "被" not in text[clause.start : match.start()]
            and "获" not in text[max(clause.start, match.start() - 16) : match.start()]
        ):
            continue
        if match["weak"] in ("成为", "进入", "通过") and not text[match.end() : clause.end].startswith(
            ("国家", "省级", "全国", "首批", "第", "中国", "世界", "全球", "联合国")
        ):
            continue
        named = text.endswith("分别", clause.start, match.start()) or _BATCH.match(text, match.end())
        if match["weak"] == "成为" and not named:
            continue
        if match[0] == "蝉联" and _PLACED.search(text, match.end(), clause.end):
            continue  # 蝉联全国推广面积第一: a place in an order
        return _given(draft, sentence, clause, match)
    return None


def _bestowed(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """协会授予台州“…之都”称号: the holder stands behind the verb."""
    reading = draft.reading
    match = _BESTOWED.search(reading.text, clause.start, clause.end)
    holder = party(reading, *match.span("who")) if match else None
    if match is None or holder is None:
        return None
    verb = Phrase(reading.raw(*match.span("verb")), *match.span("verb"))
    draft.add(Kind.RECOGNITION, holder, verb, sentence, clause, target=match.span("title"))
    return holder


def _given(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> Phrase | None:
    reading, state, text = draft.reading, draft.state, draft.reading.text
    counted = any(n.family == "count" for n in reading.numbers_in(clause.start, match.start()))
    if counted:
        return None
    holders = _holders(draft, clause, match.start())
    if not holders:
        return None
    stop = _STOP.search(text, match.end() + 2, clause.end)
    begin, end = match.end(), stop.start() if stop else clause.end
    counts = [n for n in reading.numbers_in(begin, end) if n.family == "count"]
    if any(_AMOUNTS.search(text, begin, n.start) for n in counts):
        return None  # 获批…机构增至24家 says how many there are
    if any(n.end == end for n in counts):
        return None  # 入选…案例3个: how many, not who
    if any(n.start < begin + 2 for n in counts):
        return holders[-1]
    titles = _titles(text, begin, end)
    if len(holders) > 1 and text.endswith("分别", clause.start, match.start()):
        _paired(draft, sentence, clause, match, holders, (begin, end))
        return None
    award = state.award
    if not titles and award and award.start and award.end and sentence.start <= award.start < match.start():
        titles = [(award.start, award.end)]
    verb = match[0].removeprefix("被").removeprefix("成功") if match[0] not in ("成功创建",) else match[0]
    at = match.start() + match[0].find(verb)
    if titles:
        state.base = Phrase(reading.raw(*titles[0]), *titles[0], "carried", "title")
    for holder in holders:
        for a, b in titles:
            draft.add(
                Kind.RECOGNITION, holder, Phrase(verb, at, at + len(verb)), sentence, clause, target=(a, b)
            )
    state.holders += [holder.text for holder in holders if holder.text not in state.holders]
    return holders[-1] if len(holders) == 1 else None


def _paired(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    match: re.Match[str],
    holders: list[Phrase],
    within: tuple[int, int],
) -> None:
    """宝鸡、咸阳分别成为A、B试点城市: first with first, with the head that the titles share."""
    reading, text = draft.reading, draft.reading.text
    titles = split(text, *within)
    if len(titles) != len(holders):
        return
    head = _TITLE_HEAD.search(text, *titles[-1])
    verb = Phrase(reading.raw(*match.span()), *match.span())
    for holder, (a, b) in zip(holders, titles, strict=True):
        whole = head is None or bool(_TITLE_HEAD.search(text, a, b))
        tail = "" if whole or head is None else reading.raw(*head.span())
        quote = (match.start(), b if whole else titles[-1][1])
        draft.add(Kind.RECOGNITION, holder, verb, sentence, clause, target=(a, b), tail=tail, quote=quote)


def _holders(draft: Draft, clause: Clause, at: int) -> list[Phrase]:
    reading, state = draft.reading, draft.state
    role = text_of.find("作为", clause.start, at) if (text_of := reading.text) else -1
    subject, words_there = before(reading, clause, role if role > clause.start else at)
    if (subject is None and words_there) or (subject and _ACTS.match(subject.text)):
        return []
    if subject is None:
        carried = state.owner.carried() if state.owner else home(reading)
        return [carried] if carried else []
    if (
        subject.start is not None
        and subject.end is not None
        and "、" in reading.text[subject.start : subject.end]
    ):
        found = parties(reading, subject.start, subject.end)
        if len(found) > 1:
            return found
    return [subject]


def _titles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start] in "了为: ":
        start += 1
    spans = split(text, start, end)
    titled = all(_OBJECT_END.search(text[a:b]) or _LEVEL.match(text, a, b) for a, b in spans)
    if len(spans) > 1 and not titled:
        spans = [(start, end)]
    out = [unquote(text, a, b) for a, b in spans]
    return [(a, b) for a, b in out if b - a >= 2]


def _fits(text: str, start: int, end: int) -> bool:
    """Whether what stands behind a weak verb is a title."""
    stop = _STOP.search(text, start + 1, end)
    words_of = text[start : stop.start() if stop else end]
    return len(words_of) >= 4 and bool(_OBJECT_END.search(words_of)) and not _OUT.match(words_of)


def _members(draft: Draft, sentence: Sentence, clause: Clause) -> bool:
    """2个集群入选,分别是A、B: each member has what the list before is of."""
    reading, state = draft.reading, draft.state
    match = _MEMBERS.match(reading.text, clause.start, clause.end)
    index = sentence.clauses.index(clause)
    if (
        not match
        or not index
        or state.award is None
        or not state.award.start
        or state.award.start < sentence.start
    ):
        return False
    earlier = sentence.clauses[index - 1]
    verb = re.search(any_of(_V["honour"]), reading.text[earlier.start : earlier.end])
    if not verb or not state.award.start or not state.award.end:
        return False
    at = earlier.start + verb.start()
    for holder in parties(reading, match.end(), clause.end):
        draft.add(
            Kind.RECOGNITION,
            holder,
            Phrase(verb[0], at, at + len(verb[0])),
            sentence,
            clause,
            target=(state.award.start, state.award.end),
        )
    return True
