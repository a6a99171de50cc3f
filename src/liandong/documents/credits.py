"""Who made a page: `role: names` fields of a line, and the brackets of bylines. Works on folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from liandong.documents import lexicon as lex
from liandong.documents.folding import narrow
from liandong.documents.page import Credit, Span

_PERSON = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{1,8}){0,3}|[A-Z][A-Za-z.·-]+(?: [A-Z][A-Za-z.·-]+){0,3}")
_SPACED = re.compile(r"[一-鿿] {1,2}[一-鿿](?![一-鿿])")  # 李 震: a name of two, set as wide as one of three
_TOKEN = re.compile(r"[^\s、,;:|&()\[\]【】。]{1,20}")
_BETWEEN = re.compile(r"[、,;&/ ]{1,4}(?:和 ?)?")
_BRACKET = re.compile(r"[【(\[](?P<inside>[^】)\]【(\[\n]{2,60})[】)\]]")
_BYLINE_REACH = 40  # characters of the first paragraph before its byline


@dataclass(frozen=True, slots=True)
class Fields:
    """Credits found in a text, and the text between them."""

    credits: tuple[Credit, ...]
    rest: str


def fields(text: str, *, offset: int = 0) -> Fields:
    """The fields `role: names` and `role names` of a text; spans are moved by offset."""
    found: list[Credit] = []
    rest: list[str] = []
    position = 0
    for label in lex.CREDIT_LABEL.finditer(text):
        before = text[label.start() - 1 : label.start()]
        if label.start() < position or re.match(r"[一-鿿\w]", before):
            continue
        stop = lex.CREDIT_LABEL.search(text, label.end())
        names, end = _names(
            text, label.end(), stop.start() if stop else len(text), open_ended=label["role"] is not None
        )
        if not names and label["spaced"]:
            continue
        role = label["role"] or label["spaced"]
        if names:
            found.append(Credit(role, names, Span(offset + label.start(), offset + end)))
        rest.append(text[position : label.start()])
        position = end
    rest.append(text[position:])
    return Fields(tuple(found), " ".join(rest))


def _names(text: str, start: int, stop: int, *, open_ended: bool) -> tuple[tuple[str, ...], int]:
    """Names from start on and where they end. A labelled field may name an office instead of a person."""
    names: list[str] = []
    position = end = start
    while position < stop:
        spaced = _SPACED.match(text, position, stop)
        token = spaced or _TOKEN.match(text, position, stop)
        if not token or lex.BUTTON.fullmatch(token[0]) or lex.MOMENT.search(token[0]):
            break
        if (
            not spaced
            and not _PERSON.fullmatch(token[0])
            and not (open_ended and not names and len(token[0]) <= 16)
        ):
            break
        if not lex.HAN.match(token[0]) and not lex.WORD.match(token[0]):
            break
        names.append(token[0])
        end = token.end()
        between = _BETWEEN.match(text, end, stop)
        if not between:
            break
        position = between.end()
    return tuple(names), end


def byline(folded: str, start: int, end: int) -> tuple[tuple[Credit, ...], Span | None]:
    """Credits and medium of the bracket that opens the paragraph [start, end).

    【medium 记者 names 文 names 摄影】; (place 10月18日讯,记者 names); 本报讯(记者 names).
    """
    head = folded[start : min(end, start + 100)]
    match = _BRACKET.search(head)
    if not match or match.start() > _BYLINE_REACH:
        return (), None
    lead = head[: match.start()]
    if lead and not lex.DATELINE.fullmatch(lead):
        return (), None
    return _tokens(folded, start + match.start("inside"), start + match.end("inside"))


def _tokens(folded: str, start: int, end: int) -> tuple[tuple[Credit, ...], Span | None]:
    """Roles before or after their names, and the medium that stands before them all."""
    credits: list[Credit] = []
    medium: Span | None = None
    role: Span | None = None
    names: list[Span] = []

    def text(span: Span) -> str:
        return folded[span.start : span.end]

    def close(suffix: Span | None = None) -> None:
        nonlocal role
        said = role or suffix
        if said and names:
            parts = [part for part in (role, *names, suffix) if part]
            place = Span(min(part.start for part in parts), max(part.end for part in parts))
            credits.append(Credit(text(said), tuple(map(text, names)), place))
        names.clear()
        role = None

    found = list(re.finditer(r"[^\s、,;:|]+", folded[start:end]))
    for match, following in zip(found, [*(later[0] for later in found[1:]), ""], strict=True):
        token = Span(start + match.start(), start + match.end())
        # 摄影 stands before its names or after them: after, where names without a role wait and none follow
        waits = bool(names) and role is None and not (medium is None and not credits and is_person(following))
        if lex.SUFFIX_ROLE.fullmatch(match[0]) and (waits or not lex.PREFIX_ROLE.fullmatch(match[0])):
            close(token)
        elif lex.PREFIX_ROLE.fullmatch(match[0]):
            if names and role is None and not credits:
                medium = names[0]
                names.clear()
            close()
            role = token
        elif not lex.DATELINE.match(match[0]) and (is_person(match[0]) or (not names and role is None)):
            names.append(token)
    close()
    return tuple(credits), medium if credits else None


def is_person(token: str) -> bool:
    """Whether a word is made like a person's name and is no role."""
    return bool(_PERSON.fullmatch(token)) and not lex.PREFIX_ROLE.fullmatch(token)


def closing(folded: str, start: int, end: int) -> Iterator[Credit]:
    """Credits of the bracket that closes the paragraph [start, end): (记者 names), (责任编辑:name)."""
    tail_start = max(start, end - 64)
    tail = folded[tail_start:end]
    for match in _BRACKET.finditer(tail):
        if match.end() == len(tail) and lex.CREDIT_LABEL.match(match["inside"]):
            yield from fields(match["inside"], offset=tail_start + match.start("inside")).credits


def as_written(credit: Credit, raw: str, folded: str) -> Credit:
    """The credit with its names in the page's own characters: a person is not renamed by folding."""
    names: list[str] = []
    position = credit.span.start
    for name in credit.names:
        place = folded.find(name, position, credit.span.end)
        if place >= 0:
            position = place + len(name)
        names.append(narrow(raw[place:position]) if place >= 0 else name)
    return replace(credit, names=tuple(names))
