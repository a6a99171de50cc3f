"""Positioning: where a place lies, what it is, and what it wants to be."""

from __future__ import annotations

import re

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import split
from liandong.facts.phrases import before, unquote
from liandong.facts.subjects import Phrase, home, skip

_V = words("verbs")
_LIES = re.compile(
    r"(?P<verb>地处|位于|坐落于|坐落在|毗邻|素有|被誉为|享有|有着(?=“))(?P<what>[^,;。]{2,40}(?:,(?:毗邻|东临|西接|南连|北靠|东接|西邻|南邻|北邻|紧邻|距)[^,;。]{2,24})*)"
)
_STATUS = re.compile(
    r"(?P<verb>(?<![名定评列称誉])(?:是|作为|成为|为))(?:一座)?(?P<what>(?!全球最|世界最|全国最|全省最)[^,;。]{3,50}?(?:城市|核心城市|中心城市|门户|枢纽|基地|名城|之一|节点|重镇|之乡|之都|故里|发祥地|发源地|老区|摇篮|东大门|南大门|西大门|北大门|大门|先发地|策源地|始发站|起点|终点|咽喉|要冲|交汇处|支点|屏障|后花园|试验田|排头兵|首善之区|腹地|要塞|大市|强市|大县|强县|大省|重地|粮仓|主产区|走廊|区域之一|潜力股[”’]?|名片|桥头堡|高地|新城|港城|古城|城市之一))(?=$|[,;。、])"
)
_ALSO = re.compile(
    r"(?:、|和|、也是|以及)(?P<what>[^,;。、]{3,30}?(?:城市|门户|枢纽|基地|名城|之一|节点|重镇|之乡|之都|强市|大市|高地|中心))(?=$|[,;。、和])"
)
_AIM = re.compile(
    rf"(?P<how>(?:全力|加快|着力|奋力|倾力|努力|聚力|致力于|致力|加速|争当|争创|积极|正|目标是|力争|建成|朝着|锚定|围绕|立志|矢志|致力于))(?:把[^,;。]{{2,8}}?)?(?P<verb>{any_of(_V['aim'])})?(?:成为|成)?(?P<what>[^,;。]{{3,30}}?(?:{any_of(_V['aim_objects'])}))(?=$|[,;。、])"
)
# an order to act says the aim without 加快 or 全力: 打造我国向北开放重要桥头堡
_BARE_AIM = re.compile(
    r"(?:(?:加快|全力|着力|奋力|高水平|高标准|高质量|深入)*(?P<verb>打造|建设|争创|建成))(?P<what>(?![一-鿿]{0,3}一批)[^,;。、]{3,28}?"
    r"(?:桥头堡|先行区|高地|之都|之城|样板|样板区|强省|强市|强县|强区|策源地|首选地|目的地|增长极|排头兵|标杆|热土|重镇|主阵地|示范省|名城|人民城市|中心城市))(?=$|[,;。、])"
)
_STRENGTH = re.compile(
    r"(?:在)?(?P<items>(?!在)[^,;。:]{2,12}(?:、[^,;。:、]{2,12}){2,})等(?:方面|领域|产业|行业)(?:有着?|具有|拥有|优势|具备|技术领先|领先|实力)"
)
_SITUATED = ("地处", "位于", "坐落于", "坐落在", "毗邻")


def positioning(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """Add what a clause says a place is or wants to be; returns the place."""
    reading, text = draft.reading, draft.reading.text
    match = _LIES.search(text, clause.start, sentence.end)
    if match and match.start() < clause.end and (where := _owner(draft, clause, match.start())):
        return _lies(draft, sentence, clause, where, match)
    if match := _STRENGTH.search(text, clause.start, clause.end):
        where = draft.state.owner
        if where and where.sort in ("place", "region"):
            items = tuple(split(text, *match.span("items")))
            draft.add(
                Kind.POSITIONING,
                where.carried(),
                Phrase("优势产业", *match.span("items")),
                sentence,
                clause,
                items=items,
                period=(None, Ground("default")),
            )
            return where
    if match := _AIM.search(text, clause.start, clause.end):
        return _aim(draft, sentence, clause, match)
    begin = skip(reading, clause.start, clause.end)
    bare = _BARE_AIM.match(text, begin, clause.end)
    if bare and reading.modality(sentence, clause, clause.end) == "planned":
        return _aim(draft, sentence, clause, bare)
    match = _STATUS.search(text, clause.start, clause.end)
    if match and not reading.numbers_in(*match.span("what")):
        where = _owner(draft, clause, match.start())
        if where is None or _ranked(draft, match):
            return None
        if any(f.kind is Kind.RECOGNITION and f.start < match.end("what") <= f.end for f in draft.facts[-6:]):
            return None  # a title given, which the recognitions have read
        if match["verb"] == "作为" and clause.mark == "," and reading.home and reading.home in match["what"]:
            return None  # 作为A市集群之一,X…: the next clause's subject is meant
        name = "定位" if match["verb"] == "成为" else "区域地位" if match["verb"] == "作为" else "城市地位"
        _add(draft, sentence, clause, where, name, match.span("verb"), unquote(text, *match.span("what")))
        at = match.end("what")
        while following := _ALSO.match(text, at, clause.end):
            _add(draft, sentence, clause, where, name, match.span("verb"), following.span("what"))
            at = following.end()
        return where
    return None


def _lies(draft: Draft, sentence: Sentence, clause: Clause, where: Phrase, match: re.Match[str]) -> Phrase:
    """Where a place lies, with the clauses that go on about it, or what it is called."""
    if (
        match["verb"] == "被誉为"
        and _DESCRIBED.fullmatch(match["what"])
        and not match["what"].startswith("“")
    ):
        return where
    if any(f.indicator == "区位" and f.end > match.start() for f in draft.facts[-3:]):
        return where
    if match["verb"] in _SITUATED:
        what, kind = (match.start(), match.end("what")), "区位"
    else:
        what, kind = _called(draft.reading.text, *match.span("what")), "城市地位"
    _add(draft, sentence, clause, where, kind, match.span("verb"), what)
    return where


_DESCRIBED = re.compile(r"[^“”]{2,}的[^“”]{2,}")  # 被誉为水质风向标的海菜花: the flower is called so


def _called(text: str, start: int, end: int) -> tuple[int, int]:
    """素有“花都”之称 → 花都."""
    for tail in ("的美誉", "之美誉", "之称", "美誉", "的美称", "的称号"):
        if text.endswith(tail, start, end):
            end -= len(tail)
            break
    return unquote(text, start, end)


def _ranked(draft: Draft, match: re.Match[str]) -> bool:
    """Whether the words are a rank already (全国重要的…基地 in a row of ranks)."""
    return any(
        f.kind is Kind.RANK and f.start < match.end() and match.start("what") < f.end
        for f in draft.facts[-6:]
    )


def _owner(draft: Draft, clause: Clause, at: int) -> Phrase | None:
    subject, words_there = before(draft.reading, clause, at)
    if subject is None and not words_there:
        subject = draft.state.owner.carried() if draft.state.owner else home(draft.reading)
    if subject is None:
        return None
    return (
        subject
        if subject.sort == "place"
        or subject.text in ("长三角", "珠三角", "京津冀", "大湾区", "成渝地区", "中原城市群")
        else None
    )


def _aim(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> Phrase | None:
    reading, text = draft.reading, draft.reading.text
    if match["verb"] is None and match["how"] not in ("争当", "争创", "建成"):
        return None
    if reading.numbers_in(*match.span("what")) or re.search(
        r"体系|格局|产业园|机制|平台|项目|环境", match["what"]
    ):
        return None
    where = home(reading)
    subject, _ = before(reading, clause, match.start())
    subject = subject if subject and subject.sort == "place" else (where and where)
    if subject is None:
        return None
    a, b = unquote(text, *match.span("what"))
    draft.add(
        Kind.POSITIONING,
        subject,
        Phrase("目标定位", match.start(), match.end("what")),
        sentence,
        clause,
        target=(a, b),
        modality="planned",
        qualifier=reading.raw(match.start(), match.start("what")),
        period=(None, Ground("default")),
    )
    return subject


def _add(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    where: Phrase,
    name: str,
    verb: tuple[int, int],
    what: tuple[int, int],
) -> None:
    draft.add(
        Kind.POSITIONING,
        where,
        Phrase(name, *verb),
        sentence,
        clause,
        target=what,
        period=(None, Ground("default")),
        modality="actual",
    )
