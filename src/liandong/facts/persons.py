"""Persons: a name and the office it holds (吉安市市长邱闻笛; 副市长王伟、张晓东)."""

from __future__ import annotations

import re

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.subjects import Phrase, home

_T = words("titles")
_NAME = rf"(?:{any_of(_T['compound_surnames'])}[一-鿿]{{1,2}}?|[{_T['surnames']}][一-鿿]{{1,2}}?)"
_AFTER = (
    r"(?=$|[,;:。!?“”、()\s]|表示|介绍|说|在|对|主持|出席|致|指出|告诉|一行|带|宣布|率|向|讲|认为|强调|就|作|分别|等|和|与|及|代表"
    r"|参加|会见|为|的|深入|到|赴|陪同|透露|坦言|发|看|给|接受|还|也|提|从|以|围绕|现场|担任|任|热情|详细|重点|推介|同志|先生|女士|受|共同|先后|做|领"
    r"|前往|用|跟|随|亲|报|揭|签|颁|巡|走|调研|考察|传达|部署|要求|总结|回应|邀请|感谢|首先|代|同)"
)
_PERSON = re.compile(rf"(?P<office>{any_of(_T['offices'])})(?:\([^)]{{1,8}}\))?(?P<name>{_NAME}){_AFTER}")
_PLAIN = re.compile(
    rf"(?P<office>{any_of(_T['offices'])})(?P<name>[{_T['surnames']}](?!{any_of(_T['not_names'])})[一-鿿]{{2}})(?=[一-鿿])"
)
_NEXT = re.compile(rf"、(?P<name>{_NAME}){_AFTER}")
_NOT_OFFICE = re.compile(r"[,;:。!?“”\s]|(?:据|由|是|以及|在|对|日前|邀请|会见了?|说)(?=[一-鿿])")
_NOT_NAME = re.compile(
    r"表示|介绍|主持|出席|致辞|指出|会见|说|负责|单位|会议|常委|以及|任|介|办|等|家|时|助理|办公|相关|有关|代表"
)
# a name stands before its office here (某总书记), and the words behind are none
_NAME_BEFORE = re.compile(r"总\Z")
_FUNCTION = re.compile(
    r"[和都对应从充及于为在向同由到也]|党[的中员委]|亲自|万[人名户]|任[何务]|解决|方[面案式]|强[调化]|成[立为]|常[态务]|安排|高[度质]|全面"
)
_LONGEST_OFFICE = 40


def persons(draft: Draft, sentence: Sentence, clause: Clause) -> None:
    """Add the persons that a clause names with their office."""
    text = draft.reading.text
    begin = clause.start
    found = list(_PERSON.finditer(text, clause.start, clause.end)) or list(
        _PLAIN.finditer(text, clause.start, clause.end)
    )
    for match in found:
        if not _is_name(match["name"]) or _NAME_BEFORE.search(text, clause.start, match.start("office")):
            continue
        office = (_begin(text, begin, match.start("office")), match.end("office"))
        _add(draft, sentence, clause, match.span("name"), office)
        begin = match.end()
        while following := _NEXT.match(text, begin, clause.end):
            if not _is_name(following["name"]) or _PERSON.match(text, begin + 1, clause.end):
                break
            _add(draft, sentence, clause, following.span("name"), office)
            begin = following.end()


def _add(
    draft: Draft, sentence: Sentence, clause: Clause, name: tuple[int, int], office: tuple[int, int]
) -> None:
    reading = draft.reading
    subject = Phrase(reading.raw(*name), *name, "stated", "person")
    where = reading.places_in(*office)
    place = (
        Phrase(where[0].short, where[0].start, where[0].end, "stated", "place") if where else home(reading)
    )
    draft.add(
        Kind.PERSON,
        subject,
        Phrase("职务", *office),
        sentence,
        clause,
        target=office,
        period=(None, Ground("default")),
        region=place,
        modality="actual",
    )


def _is_name(name: str) -> bool:
    return (
        len(name) >= 2
        and not _FUNCTION.match(name)
        and not _NOT_NAME.match(name)
        and not _NOT_NAME.match(name, 1)
    )


def _begin(text: str, start: int, at: int) -> int:
    """The office reaches back to the clause's start, the last name, or a word that is no part of it."""
    begin = start
    for match in _NOT_OFFICE.finditer(text, start, at + 1):
        begin = min(match.end(), at)
    while begin < at and text[begin] in "、,和与及 ":
        begin += 1
    return begin if at - begin <= _LONGEST_OFFICE else at
