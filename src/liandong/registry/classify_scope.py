"""A business scope as a list of items, each with the things it names and the activity that governs it.

    生产、销售:水泥电杆、水泥管;钢材、建材销售。(依法须经批准的项目 …)

Clauses end at ; and 。, items at 、 and commas; brackets and formulas are left out. An activity at the end
of an item governs the bare items before it; one at the start of an item, or standing before them, those
after it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import ahocorasick
import pyarrow as pa
import pyarrow.compute as pc

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
from liandong.registry.classify_lexicon import Hit, Lexicon, words

LONGEST, MOST_ITEMS, LAST = 200, 8, 3
"""Characters and items of a scope that are read, and items at the end of a longer clause."""


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


_BRACKETS = r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\}|<[^<>]*>|《[^《》]*》"
_OPEN_END = r"[(\[【〔{][^)\]】〕}]*$"
_LABEL = re.compile(
    r"^[^\w]*(?:(?:一般|许可|前置许可|后置许可|主营|兼营|其他)?(?:经营)?(?:项目|范围|业务)?(?:范围)?(?:为|是)?[::]"
    r"|无[::]?(?=[^\w]|$)|本社|以下限分支(?:机构)?经营[::]?)"
)
_LABEL_STARTS = frozenset("无本以")
_CLAUSE = r"[;。!·*|]"
_FULL_STOP = r"\.(\D|$)"
_ITEM = re.compile(
    r"[、,:]|(?<=加工)及(?!其)|(?<=制造)及(?!其)|(?<=生产)及(?!其)|(?<=销售)及(?!其)"
    r"|(?:及|和|并|以及|与)(?=(?:销售|生产|加工|制造|批发|零售|经销|提供|从事|承接)(?!$|[、,及和]))"
)
_ANDS = frozenset("及和并与")
_LICENCE = re.compile(r"^\d+|^凭.*?证书?.*?(?:从事|经营)|^按.*?(?:证书?|资质).*?(?:从事|经营)")
_LICENCE_STARTS = frozenset("0123456789凭按")
_TRADE_FORMULA = re.compile(
    r"(?:本企业|本公司|自产|代理).{0,40}(?:进口|出口)|(?:进口|出口).{0,12}(?:本企业|本公司)|^国家"
)
_BLANK = r"\s+|\.{2,}|…|“|”|\""
_MADE = re.compile(r"生产|加工|制造|制作")
_PARTS = re.compile(
    r"(?:及|和|与)(?:其)?(?:相关)?(?:零)?(?:部)?(?:配|部|零|附)件(?:的)?|系列产品|系列|等产品|等(?=$|的)"
)
_PARTS_SIGNS = frozenset("件系等")
_FORMULAS = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
for _word in words("within"):
    _FORMULAS.add_word(_word)
_FORMULAS.make_automaton()
_FORMULA_STARTS, _FORMULA_ENDS, _FORMULA_ITEMS = words("start"), words("end"), frozenset(words("whole"))


class Reader:
    """Reads scopes with a lexicon; what an item says is remembered: the same items come again and again."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._items: dict[str, Item | None] = {}

    def read(self, scope: str | None) -> list[Governed]:
        """The items of a scope that say something, in their order."""
        governed: list[Governed] = []
        for clause in clauses(strip_all(pa.array([scope], pa.string())))[0].as_py():
            governed += self.clause(clause)
        return governed[:MOST_ITEMS]

    def clause(self, clause: str) -> list[Governed]:
        """The items of one clause with what governs them."""
        if clause[:1] in _LABEL_STARTS or ":" in clause:
            clause = _LABEL.sub("", clause)
        if clause[:1] in _LICENCE_STARTS:
            clause = _LICENCE.sub("", clause)
        if not clause or (("口" in clause or clause[0] == "国") and _TRADE_FORMULA.search(clause)):
            return []
        if _ANDS.isdisjoint(clause):
            texts = clause.replace(",", "、").replace(":", "、").split("、")
        else:
            texts = _ITEM.split(clause)
        if len(texts) > MOST_ITEMS + LAST:  # the last may say what is done with all
            texts[MOST_ITEMS:-LAST] = []
        return self._clause(texts)

    def item(self, text: str) -> Item | None:
        """The item of a text; None for formulas, and for what is too short to say anything."""
        if text in self._items:
            return self._items[text]
        found = self._items[text] = self._analyse(text)
        return found

    def forget(self) -> None:
        """Give the memory of items back."""
        self._items.clear()

    def _analyse(self, text: str) -> Item | None:
        if not text or (len(text) < 2 and text not in ACTS and text not in self._lexicon.senses):
            return None
        if _is_formula(text):
            return None
        if not _PARTS_SIGNS.isdisjoint(text):
            text = _PARTS.sub("", text)
        if text in ACTS:
            return Item(text, (), 0, ACTS[text], ACTS[text])
        if not text:
            return Item(text, (), 0, 0, 0)
        hits = self._lexicon.find(text)
        closed = [hit.end for hit in hits if not hit.acts]  # a thing's own name may hold activity words
        stem, after = ending(text, closed[-1] if closed else 0)
        if after and not after & ~(TRADE | RETAIL | WHOLESALE):
            after |= acts_of(text[:stem]) & MAKE if not any(_MADE.search(hit.term) for hit in hits) else 0
        start, before = beginning(text, hits[0].start if hits else len(text))
        if start >= stem:
            if not hits and acts_of(text):
                return Item(text, (), 0, before | after, before | after)
            before = 0
        kept = tuple(
            hit
            for hit in hits
            if (hit.start < stem or hit.phrase) and (hit.end - hit.start > 1 or hit.end >= stem)
        )
        return Item(text, kept, stem, before, after)

    def _clause(self, texts: list[str]) -> list[Governed]:
        """The items of a clause with what governs them."""
        done: list[Governed] = []
        bare: list[Item] = []
        leading = standing = 0  # activities that stand before things; that govern what comes
        open_run: list[int] = []  # places of `done` that activities standing alone after them govern, too
        for text in texts:
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
        if not done and leading & TRADE:  # 国内贸易 alone: it trades whatever its name says
            done.append(Governed(Item("", (), 0, 0, 0), leading))
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


def _is_formula(text: str) -> bool:
    """Whether an item is a formula of the register, not a trade."""
    return (
        text in _FORMULA_ITEMS
        or text.startswith(_FORMULA_STARTS)
        or text.endswith(_FORMULA_ENDS)
        or next(_FORMULAS.iter(text), None) is not None
    )


def strip(scope: str | None) -> str:
    """A scope without brackets, labels and blanks, in half-width capitals, cut to what is read."""
    return str(strip_all(pa.array([scope], pa.string()))[0].as_py())


def strip_all(scopes: pa.Array) -> pa.Array:
    """`strip` over a text array; a null becomes empty."""
    text = pc.utf8_slice_codeunits(pc.fill_null(scopes, ""), 0, LONGEST * 2)
    text = pc.utf8_upper(pc.utf8_normalize(text, form="NFKC"))
    for pattern in (_BRACKETS, _BRACKETS, _OPEN_END, _BLANK):
        text = pc.replace_substring_regex(text, pattern, "")
    return pc.utf8_slice_codeunits(text, 0, LONGEST)


def clauses(stripped: pa.Array) -> pa.Array:
    """The clauses of each stripped scope, as lists of texts."""
    text = pc.replace_substring_regex(stripped, _FULL_STOP, "、\\1")
    return pc.split_pattern_regex(text, _CLAUSE)
