"""A business scope as a list of items, each with the things it names and the activity that governs it.

    生产、销售:水泥电杆、水泥管;钢材、建材销售。(依法须经批准的项目 …)

Clauses end at ; and 。, items at 、 and commas; brackets and formulas are left out. An activity at the end
of an item governs the bare items before it; one at the start of an item, or standing before them, those
after it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from liandong.registry.classify_acts import (
    ACTS,
    MAKE,
    RETAIL,
    TRADE,
    WHOLESALE,
    acts_of,
    beginning,
    ending,
)
from liandong.registry.classify_lexicon import Hit, Lexicon, plain

LONGEST, MOST_ITEMS = 300, 10
"""Characters and items of a scope that are read: what comes later does not decide."""


class Item(NamedTuple):
    """One item by itself. hits: its terms; stem: its length without activity words at its end."""

    text: str
    hits: tuple[Hit, ...]
    stem: int
    before: int
    after: int


class Governed(NamedTuple):
    """An item and what is done with it: 0 where the scope does not say."""

    item: Item
    acts: int


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|{[^{}]*}|<[^<>]*>|《[^《》]*》")
_BRACKET = re.compile(r"[(\[【〔{<《]")
_OPEN_END = re.compile(r"[(\[【〔{][^)\]】〕}]*$")
_LABEL = re.compile(
    r"^[^\w]*(?:(?:一般|许可|前置许可|后置许可|主营|兼营|其他)?(?:经营)?(?:项目|范围|业务)?(?:范围)?(?:为|是)?[::]"
    r"|无[::]?(?=[^\w]|$)|本社|以下限分支(?:机构)?经营[::]?)"
)
_LABEL_STARTS = frozenset("无本以")
_CLAUSE = re.compile(r"[;。\n!·*|]|\.(?=\D|$)")
_ITEM = re.compile(
    r"[、,:]|(?<=加工)及(?!其)|(?<=制造)及(?!其)|(?<=生产)及(?!其)|(?<=销售)及(?!其)"
    r"|(?:及|和|并|以及|与)(?=(?:销售|生产|加工|制造|批发|零售|经销|提供|从事|承接)(?!$|[、,及和]))"
)
_LICENCE = re.compile(r"^\d+|^凭.*?证书?.*?(?:从事|经营)|^按.*?(?:证书?|资质).*?(?:从事|经营)")
_TRADE_FORMULA = re.compile(
    r"(?:本企业|本公司|自产|代理).{0,40}(?:进口|出口)|(?:进口|出口).{0,12}(?:本企业|本公司)|^国家"
)
_BLANK = re.compile(r"\s+|\.{2,}|…|“|”|\"")
_MADE = re.compile(r"生产|加工|制造|制作")
_PARTS = re.compile(
    r"(?:及|和|与)(?:其)?(?:相关)?(?:零)?(?:部)?(?:配|部|零|附)件(?:的)?|系列产品|系列|等产品|等(?=$|的)"
)
_FORMULA = re.compile(
    r"国家(?:有)?(?:法律|限|禁|规|专)|法律法规|法律,?行政|依法|须经|凭证|许可证|有效期|除外|不含|不得|方可(?:开展)?经营"
    r"|进出口|进口业务|出口业务|本企业(?:所需|自产|生产)|经营范围|批准文件|自营和代理|国内贸易业务|涉及|以上|分支机构"
    r"|无一般|隶属|公司授权|其他业务$|批准的业务$"
    r"|^(?:无|零配件|原辅材料|其他|及技术|机械设备及技术|辅料|N/A|等)$|自产产品|售后|自有|所需的?$|本社成员|引进新|新品种|信息"
    r"咨询服务$|技术交流|^开展|^为成员|^组织采购|^采购|生产资料"
)


class Reader:
    """Reads scopes with a lexicon; what an item says is remembered: the same items come again and again."""

    MEMORY = 200_000

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._items: dict[str, Item | None] = {}

    def read(self, scope: str | None) -> list[Governed]:
        """The items of a scope that say something, in their order."""
        governed: list[Governed] = []
        for clause in _CLAUSE.split(strip(scope)):
            if ":" in clause or clause[:1] in _LABEL_STARTS:
                clause = _LABEL.sub("", clause)
            clause = _LICENCE.sub("", clause)
            if clause and not _TRADE_FORMULA.search(clause):
                governed += self._clause(clause)
                if len(governed) >= MOST_ITEMS:
                    break
        return governed[:MOST_ITEMS]

    def item(self, text: str) -> Item | None:
        """The item of a text; None for formulas, and for what is too short to say anything."""
        if text in self._items:
            return self._items[text]
        if len(self._items) >= self.MEMORY:
            self._items.clear()
        found = self._items[text] = self._analyse(text)
        return found

    def _analyse(self, text: str) -> Item | None:
        if len(text) < 2 and text not in ACTS and text not in self._lexicon.senses:
            return None
        if _FORMULA.search(text):
            return None
        text = _PARTS.sub("", text)
        if text in ACTS:
            return Item(text, (), 0, ACTS[text], ACTS[text])
        hits = self._lexicon.find(text)
        closed = [hit for hit in hits if not hit.acts]  # a thing's own name may hold activity words
        stem, after = ending(text, max((hit.end for hit in closed), default=0))
        if after and not after & ~(TRADE | RETAIL | WHOLESALE):
            after |= acts_of(text[:stem]) & MAKE if not any(_MADE.search(hit.term) for hit in hits) else 0
        start, before = beginning(text, min((hit.start for hit in hits), default=len(text)))
        if start >= stem:
            if not hits and acts_of(text):
                return Item(text, (), 0, before | after, before | after)
            before = 0
        kept = tuple(hit for hit in hits if hit.start < stem or hit.phrase)
        return Item(text, kept, stem, before, after)

    def _clause(self, clause: str) -> list[Governed]:
        """The items of a clause with what governs them."""
        done: list[Governed] = []
        bare: list[Item] = []
        leading = standing = 0  # activities that stand before things; that govern what comes
        open_run: list[int] = []  # places of `done` that activities standing alone after them govern, too
        for text in _ITEM.split(clause):
            item = self.item(text)
            if item is None:
                continue
            alone = item.stem == 0 and item.after
            if alone:
                if bare:
                    open_run = self._close(done, bare, item.after)
                elif open_run:
                    for place in open_run:
                        done[place] = Governed(done[place].item, done[place].acts | item.after)
                else:
                    leading |= item.after
                continue
            if item.before:
                standing = item.before | leading
            elif leading:
                standing = leading
            leading = 0
            if item.after and not (item.hits and item.hits[-1].phrase and item.before):
                open_run = self._close(done, bare, item.after)
                done.append(Governed(item, item.after | item.before))
                open_run.append(len(done) - 1)
            elif standing:
                self._close(done, bare, 0)
                done.append(Governed(item, standing))
                open_run = []
            elif item.hits and item.hits[-1].phrase and item.hits[-1].end == len(text):
                acts = item.hits[-1].acts
                open_run = self._close(done, bare, acts)
                done.append(Governed(item, acts))
            else:
                bare.append(item)
                open_run = []
        self._close(done, bare, 0)
        return done

    @staticmethod
    def _close(done: list[Governed], bare: list[Item], acts: int) -> list[int]:
        """The bare items are governed by acts; their places."""
        if not bare:
            return []
        first = len(done)
        done += [Governed(item, acts) for item in bare]
        bare.clear()
        return list(range(first, len(done)))


def strip(scope: str | None) -> str:
    """A scope without brackets, labels and blanks, in half-width capitals, cut to what is read."""
    if not scope:
        return ""
    text = plain(scope[: LONGEST * 2])
    if _BRACKET.search(text):
        text = _OPEN_END.sub("", _BRACKETS.sub("", _BRACKETS.sub("", text)))
    return _BLANK.sub("", text)[:LONGEST]
