"""Programmes: named systems, plans and policies, and what a slogan stands for.

“633”产业体系      “涪江英才计划”      “4”,是光伏材料、半导体材料      “一带”就是…许港产业带
何为“两翼”？东翼是…
"""

from __future__ import annotations

import re
from bisect import bisect_left

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import split
from liandong.facts.phrases import unquote
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, home, sort_of

_H = words("heads")
_VERBS_WITHIN = r"优化|打造|建设|推进|实施|培育|构建|成为|带动|加快"
_NAMED = re.compile(
    rf"(?P<name>“(?P<in>[^”]{{1,30}})”(?:的(?=[一-鿿]{{2,12}}(?:格局|体系|布局)))?(?P<head>(?:(?!{_VERBS_WITHIN}|的|等)[一-鿿]){{0,16}}(?:体系|图谱|格局|布局(?!调整|优化))"
    rf"|(?<=[0-9N]”)(?:[一-鿿]{{0,6}}?(?:产业链|产业集群|产业|赛道|功能区))"
    rf"|(?:(?!{_VERBS_WITHIN}|的|等)[一-鿿]){{0,6}}(?:计划|行动|工程|战略|政策|机制|模式|专项)))"
    r"|(?P<plan>“(?P<plan_in>[^”]{2,20}(?:计划|行动|工程|政策|办法|意见|方案|若干措施|条例))”(?!奖))"
    r"|(?P<book>《(?P<book_in>[^》]{4,50})》)"
)
_PART = re.compile(
    r"[“‘](?P<part>[^”’]{1,6})[”’](?:,|则|分别|就)*(?P<verb>是指|是|即|为|指的是|指|包括|包含|涵盖|就是|面向|代表|:)(?:以|指)?(?P<what>[^;。!?]{2,120})"
)
_FEWEST = 2
_REACH, _LONGEST = 2000, 20  # how far back a slogan is looked for, and how long it is
_KNOWN = 50  # how many programmes back a name is known
_SLOT = re.compile(r"\d+|[NXnx]|[一二三四五六七八九十两双多][一-鿿]{1,3}")
_ASKED = re.compile(r"(?:何为|什么是|何谓)[“‘](?P<part>[^”’]{1,8})[”’]")
_MEMBER = re.compile(
    r"(?:[“‘])?(?P<name>[东西南北中一二三四五][一-鿿](?:[”’])?)(?:是|为|即|指)(?P<what>[^,;。]{2,60})"
)
_LISTED = re.compile(r"(?:就)?(?:是|即|指|指的是|分别是|包括)(?P<what>[^;。]{3,80})")
_OUTSIDE = re.compile(
    r"(?<=.)(?:\d+|[一二三四五六七八九十]+)(?:条|个|大|类|家)[一-鿿]{0,8}\Z|(?:等)?(?:[一二三四五六七八九十]+|\d+)?(?:大|个|条)?(?:主导|支柱|新兴|传统|未来|战略性|优势|特色|成长)?(?:产业|行业|链)?\Z"
)
_CARRIER = re.compile(
    rf"(?P<what>[^,;。]{{2,60}}?)的(?P<name>[^,;。的]{{2,20}}?(?:{any_of(_H['carrier'])}|带|圈|谷|园|廊|港|城|区))\Z"
)
_PLAN_VERBS = re.compile(r"(?:打造|构建|建设|形成|完善|加快构建|着力打造|培育|布局|谋划|探索|推行)\Z")
_TITLE = re.compile(
    r"(?P<name>[^,;。]{4,40}?(?:行动计划|实施方案|若干措施|若干政策|发展规划|行动方案|实施意见|三年行动))(?:\((?P<years>[^)]{4,16})\))?"
)
_POLICY = re.compile(
    r"(?P<name>.*?(?P<head>行动计划|行动方案|实施方案|工作方案|若干措施|若干政策|政策措施|管理办法|实施意见|发展规划|条例|办法|意见|方案|计划|规划))(?:\(.*\))?"
)
_ISSUES = re.compile(r"(?:印发|出台|发布|制定|颁布|公布|推出|审议通过)(?:了|实施)?(?:新版|新一轮)?\Z")
_SPECIAL = re.compile(
    r"分(?P<items>[^,;。:]{2,8}(?:、[^,;。、]{2,8})+)(?P<count>[一二三四五六七八九十\d]+)(?:个|类|大)(?P<noun>专项|类别|板块|层次|赛道)"
)
_STEPS = re.compile(
    r"按(?:照)?[“‘](?P<what>[^”’]{4,40})[”’](?:的)?(?P<name>[一-鿿]{2,6}(?:推进|培育|路径|机制|模式|思路))"
)
# 入选国家“双高计划”: somebody else's programme, in which the place has a share
_OTHERS = re.compile(
    r"(?:入选|列入|纳入|入围|获得|荣获|获评|国家|全国|省级|教育部|工信部)(?:[^,;。“”]{0,8})\Z"
)
_CREATE = re.compile(r"(?P<verb>创建|争创|申创|申建|申报)(?P<what>(?:国家|省|全国|中国)[^,;。]{3,30})\Z")
_SYSTEMS = {"计划": "人才计划"}


def programmes(draft: Draft, sentence: Sentence, clause: Clause) -> None:
    """Add the programmes of a clause and the parts of a slogan that it names."""
    reading, text = draft.reading, draft.reading.text
    if _asked(draft, sentence, clause) or _part(draft, sentence, clause):
        return
    for named in _NAMED.finditer(text, clause.start, clause.end):
        if named["book"]:
            _issued(draft, sentence, clause, named)
        elif not _seen(draft, named[0]) and not _OTHERS.search(text, clause.start, named.start()):
            _named(draft, sentence, clause, named)
    if match := _SPECIAL.search(text, clause.start, clause.end):
        subject = draft.state.programme
        if subject:
            draft.add(
                Kind.PROGRAM,
                subject.carried(),
                Phrase(f"{match['noun']}设置", *match.span("noun")),
                sentence,
                clause,
                items=tuple(split(text, *match.span("items"))),
                quote=match.span(),
            )
    if match := _STEPS.search(text, clause.start, clause.end):
        draft.add(
            Kind.PROGRAM,
            home(reading),
            Phrase(reading.raw(*match.span("name")), *match.span("name")),
            sentence,
            clause,
            target=match.span("what"),
        )
    match = _CREATE.search(text, clause.start, clause.end)
    led = match is not None and match.start() > clause.start and text[match.start() - 1] == "以"
    if match and not led and reading.modality(sentence, clause, clause.end) == "planned":
        draft.add(
            Kind.PROGRAM,
            home(reading),
            Phrase(reading.raw(*match.span("verb")), *match.span("verb")),
            sentence,
            clause,
            target=unquote(text, *match.span("what")),
        )


def _issued(draft: Draft, sentence: Sentence, clause: Clause, named: re.Match[str]) -> None:
    """印发《…行动方案》: a plan or policy that the place itself has issued."""
    reading, text = draft.reading, draft.reading.text
    title = _POLICY.fullmatch(text, *named.span("book_in"))
    own = reading.home and reading.home in named["book_in"]
    if title is None or not own or not _ISSUES.search(text, clause.start, named.start()):
        return
    if _seen(draft, named["book_in"]):
        return
    draft.state.programmes.append(reading.raw(*named.span("book_in")))
    draft.add(
        Kind.PROGRAM,
        home(reading),
        Phrase(reading.raw(*title.span("head")), *title.span("head")),
        sentence,
        clause,
        target=title.span("name"),
    )


def plan_title(draft: Draft, sentence: Sentence) -> None:
    """A heading that names an action plan."""
    reading, text = draft.reading, draft.reading.text
    match = _TITLE.match(text, sentence.start, sentence.end)
    if match is None:
        return
    years = reading.times_in(match.end("name"), sentence.end)
    period = (
        (years[0].period, Ground("stated", years[0].start, years[0].end))
        if years
        else (None, Ground("default"))
    )
    head = re.search(
        r"(?:行动计划|实施方案|若干措施|若干政策|发展规划|行动方案|实施意见|三年行动)\Z", match["name"]
    )
    at = match.start("name") + (head.start() if head else 0)
    draft.add(
        Kind.PROGRAM,
        home(reading),
        Phrase(reading.raw(at, match.end("name")), at, match.end("name")),
        sentence,
        sentence.clauses[0],
        target=match.span("name"),
        period=period,
        modality="planned",
    )


def _seen(draft: Draft, name: str) -> bool:
    return any(known in name for known in draft.state.programmes[-_KNOWN:])


def _named(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> None:
    reading, text = draft.reading, draft.reading.text
    if match["plan"]:
        span = match.span("plan_in")
        inner = match["plan_in"]
        name = (
            "人才计划"
            if re.search(r"才", inner)
            else next(
                (
                    w
                    for w in (
                        "行动计划",
                        "行动",
                        "工程",
                        "计划",
                        "政策",
                        "办法",
                        "意见",
                        "方案",
                        "措施",
                        "条例",
                    )
                    if inner.endswith(w)
                ),
                "计划",
            )
        )
        indicator = Phrase(name, *span)
        target = span
    else:
        span = match.span("name")
        head = match.span("head")
        long = len(match["in"]) > 10
        indicator = Phrase(reading.raw(*head), *head)
        target = match.span("in") if long else span
    draft.state.programmes.append(reading.raw(*target).strip("“”"))
    verb = _PLAN_VERBS.search(text, max(clause.start, span[0] - 8), span[0] - (1 if match["plan"] else 0))
    planned = (
        bool(verb and not verb[0].startswith(("形成", "完善")))
        or reading.modality(sentence, clause, span[0]) == "planned"
    )
    where = home(reading)
    ahead = reading.section(span[0])[1] is True  # a section of plans: the programme is yet to be carried out
    draft.add(
        Kind.PROGRAM,
        where,
        indicator,
        sentence,
        clause,
        target=target,
        modality="planned" if ahead or (planned and not match["plan"]) else "actual",
    )
    draft.state.programme = Phrase(reading.raw(*match.span()), *match.span(), "stated", "programme")
    if not match["plan"]:
        draft.state.slogan = draft.state.programme


def _part(draft: Draft, sentence: Sentence, clause: Clause) -> bool:
    """“4”,是A、B;  “一带”就是…;  “两谷”分别是…和…"""
    reading, text = draft.reading, draft.reading.text
    at = clause.start - 1 if clause.start and text[clause.start - 1] in "“‘" else clause.start
    head = re.match(r"[^“‘,;。]{0,8}", text[at : clause.end])
    match = _PART.match(text, at + (head.end() if head else 0), sentence.end)
    if match is None:
        return False
    slogan = draft.state.slogan.text if draft.state.slogan else ""
    if not _SLOT.fullmatch(match["part"]) and match["part"] not in slogan:
        return False
    stop = match.end("what")
    start, end = match.start("what"), stop
    first = text.find(",", start, end)
    end = first if first > 0 else end
    part = match.span("part")
    of_carriers = "分别" in text[part[1] : start] or _CARRIER.match(text, start, end)
    if of_carriers and _carriers(draft, sentence, clause, part, start, end):
        return True
    items = _items(text, start, end)
    if match["verb"] == "是" and len(items) < _FEWEST and match["part"] not in slogan:
        return False
    subject = _whole(draft, part) or draft.state.slogan or home(reading)
    if subject is None:
        return False
    name = f"“{reading.raw(*part)}”" + ("指" if match["verb"] == "面向" or len(items) == 1 else "包括")
    draft.add(
        Kind.PROGRAM,
        subject.carried(),
        Phrase(name, part[0] - 1, part[1] + 1),
        sentence,
        clause,
        items=tuple(items),
        period=(None, Ground("default")),
    )
    return True


def _whole(draft: Draft, part: tuple[int, int]) -> Phrase | None:
    """The slogan named before that the part belongs to: 一带 → “一带一圈两谷”."""
    reading, text = draft.reading, draft.reading.text
    floor = max(0, part[0] - _REACH)
    at = text.rfind(text[slice(*part)], floor, part[0] - 1)
    while at >= 0:
        opened = max(text.rfind(mark, floor, at) for mark in "“‘")
        closed = min((c for mark in "”’" if (c := text.find(mark, at, part[0])) >= 0), default=-1)
        inside = 0 <= opened < at and at - opened <= _LONGEST and closed - opened <= _LONGEST
        if draft.state.slogan and draft.state.slogan.start == opened:
            return draft.state.slogan
        if inside and closed - opened - 1 > part[1] - part[0] and not set("”’") & set(text[opened:at]):
            return Phrase(reading.raw(opened, closed + 1), opened, closed + 1, "carried", "programme")
        at = text.rfind(text[slice(*part)], floor, at)
    return None


def _asked(draft: Draft, sentence: Sentence, clause: Clause) -> bool:
    """何为“两翼”?东翼是A,西翼是B: the answer stands in the next sentence."""
    reading, text = draft.reading, draft.reading.text
    match = _ASKED.match(text, clause.start, clause.end)
    if match is None:
        return False
    at = bisect_left(reading.sentences, sentence.end, key=lambda s: s.start)
    answer = reading.sentences[at] if at < len(reading.sentences) else None
    subject = draft.state.slogan or home(reading)
    if answer is None or subject is None or answer.paragraph != sentence.paragraph:
        return False
    items = [m.span("what") for c in answer.clauses if (m := _MEMBER.match(text, c.start, c.end))]
    if not items:
        listed = _LISTED.match(text, answer.start, answer.end)
        items = _items(text, *listed.span("what")) if listed else []
    if items:
        part = match.span("part")
        indicator = Phrase(f"“{reading.raw(*part)}”包括", part[0] - 1, part[1] + 1)
        draft.add(
            Kind.PROGRAM,
            subject.carried(),
            indicator,
            answer,
            answer.clauses[-1],
            items=tuple(items),
            quote=(part[0] - 1, items[-1][1]),
            period=(None, Ground("default")),
            modality="actual",
        )
    return True


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = split(text, start, end)
    if spans:
        a, b = spans[-1]
        cut = re.search(r"(?:\d+|[两一二三四五六七八九十]+)(?:条|个|大|类|家)", text[a:b]) or re.search(
            r"等", text[a:b]
        )
        if cut and cut.start() >= 1:
            spans[-1] = (a, a + cut.start())
    return spans


def _carriers(
    draft: Draft, sentence: Sentence, clause: Clause, part: tuple[int, int], start: int, end: int
) -> bool:
    reading, text = draft.reading, draft.reading.text
    pieces = [(start, end)]
    both = re.match(r"(.{4,50}?(?:谷|园|带|圈|廊|港|区|城))和(.{4,50})\Z", text[start:end])
    if both:
        pieces = [(start + both.start(1), start + both.end(1)), (start + both.start(2), start + both.end(2))]
    found = False
    for a, b in pieces:
        match = _CARRIER.match(text, a, b)
        if match is None:
            continue
        name = Phrase(reading.raw(*match.span("name")), *match.span("name"), "stated", "carrier")
        draft.add(
            Kind.CARRIER,
            name,
            Phrase(reading.raw(*part), *part),
            sentence,
            clause,
            target=match.span("what"),
            period=(None, Ground("default")),
        )
        draft.state.topic = name
        draft.state.owner = name
        found = True
    return found


def sort_name(name: str) -> str:
    """The sort of a programme's part."""
    return sort_of(name)


def reading_home(reading: Reading) -> Phrase | None:
    """The place of the page."""
    return home(reading)
