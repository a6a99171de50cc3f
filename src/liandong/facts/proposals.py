"""Proposals: the rules in the order of the text, sentence by sentence, clause by clause."""

from __future__ import annotations

import re

from liandong.facts.building import Draft, State
from liandong.facts.carriers import carrier
from liandong.facts.cells import cell_facts
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.cooperation import cooperation
from liandong.facts.distribution import note_lists
from liandong.facts.events import event
from liandong.facts.fact import Fact
from liandong.facts.indicators import number_facts, topic_clause
from liandong.facts.lexicon import any_of, words
from liandong.facts.meta import meta
from liandong.facts.persons import persons
from liandong.facts.positioning import positioning
from liandong.facts.programmes import plan_title, programmes
from liandong.facts.projects import fields, project
from liandong.facts.reading import Reading
from liandong.facts.recognitions import recognition
from liandong.facts.subjects import Phrase, last_entity, leading, settled
from liandong.facts.superlatives import superlative
from liandong.facts.ties import counted_tie

_GENRE = re.compile(any_of(words("words")["genre"]))
# what is done with a thing, behind its name, when nothing more is said of it
_FINISHED = re.compile(
    r"[”’]?[一-鿿]{0,10}?(?:已|正式|成功|全面|顺利|全部|相继|先后|加快|提前|首次)*"
    r"(?:退出|关停|搬迁|重组|落地|启动|开工|投运|通车|投产|运行|上市|实施|下水|完工|获批|揭牌|封顶|竣工|贯通|开通|投用|建成|推进|首飞|并网)"
    r"(?:运行|实施|建设|投用|投产|通车|投运|落地|见效|成势)?"
)
_STATE = re.compile(
    r"[一-鿿、“”]{0,24}?(?:明显|不断|持续|显著|稳步|全面|全线|基本|扎实|加快|加速|有序|进一步|走深|提速)(?:提升|增强|显现|形成|建成|推进|建设|构建|完善"
    r"|发挥|改善|贯通|完成|走实|扩大|优化|凸显|深化|释放|巩固|向好)"
)
_BARE = 4  # names of more characters are names of their own
_LIGHT = 8  # a clause of so few characters is a time or a connector
_FEWEST, _PER_WORD = 6, 80


def propose(reading: Reading) -> list[Fact]:
    """What the grammar reads, before the gate."""
    if not in_genre(reading):
        return meta(reading)
    draft = Draft(reading, State())
    for sentence in reading.sentences:
        draft.state.next_sentence()
        if sentence.heading:
            plan_title(draft, sentence)
            continue
        for clause in sentence.clauses:
            _clause(draft, sentence, clause)
        cell_facts(draft, sentence)
    return [*meta(reading), *draft.facts]


def _ends_there(reading: Reading, owner: Phrase, clause: Clause) -> bool:
    """X实验室启动运行, Y成果获批: the clause says all of X; what follows is the place's again."""
    if owner.end is None or owner.how != "stated" or not clause.start <= owner.end <= clause.end:
        return False
    if owner.sort == "place" and owner.text == reading.home:
        return False
    return bool(
        _FINISHED.fullmatch(reading.text, owner.end, clause.end)
        or _STATE.fullmatch(reading.text, owner.end, clause.end)
    )


def in_genre(reading: Reading) -> bool:
    """Whether the page speaks of what the grammar knows: enough different words of places' economies.

    A sports report or a notice of the social insurance has numbers too; they are no facts for us.
    """
    found = {
        match[0]
        for kept in reading.page.body
        for match in _GENRE.finditer(reading.text, kept.start, kept.end)
    }
    size = sum(kept.end - kept.start for kept in reading.page.body)
    known = 1 if reading.home else 2
    return len(found) >= known * min(_FEWEST, size // _PER_WORD)


def _clause(draft: Draft, sentence: Sentence, clause: Clause) -> None:
    """The rules for facts without a number speak first: they say whom the numbers behind belong to."""
    state, reading = draft.state, draft.reading
    topic_clause(draft, clause)
    persons(draft, sentence, clause)
    happened = event(draft, sentence, clause)
    spent = project(draft, sentence, clause) or counted_tie(draft, sentence, clause)
    holder = recognition(draft, sentence, clause)
    ranked = superlative(draft, sentence, clause)
    known = len(draft.facts)
    thing = cooperation(draft, sentence, clause)
    tied = state.partner[0] if state.partner and len(draft.facts) > known else None
    programmes(draft, sentence, clause)
    place = positioning(draft, sentence, clause)
    opened = carrier(draft, sentence, clause)
    if holder:
        state.owner = holder
    if not spent:
        number_facts(draft, sentence, clause)
    fields(draft, sentence, clause)
    bare = clause.end - clause.start > _LIGHT and not reading.numbers_in(clause.start, clause.end)
    if state.described and bare and (state.owner is None or state.owner.text != state.described[0].text):
        state.described = None  # something else is spoken of
    owner = holder or ranked or tied or place or opened or leading(reading, clause.start, clause.end)[0]
    if owner and not happened:
        state.owner = owner
        state.first = state.first or owner
        if owner.sort in ("fund", "carrier", "project", "programme"):
            state.topic = owner
    if owner and state.main is None and not draft.state.seen:
        state.seen.append(owner)
        state.main = owner if owner.sort == "carrier" and len(owner.text) > _BARE else None
    if owner and _ends_there(reading, owner, clause):
        state.owner, state.topic, state.done = None, owner, owner
    named = thing if thing and thing.sort in ("fund", "carrier", "project") else None
    entity = (
        named or last_entity(reading, clause.start, clause.end) or settled(reading, clause.start, clause.end)
    )
    for phrase in (owner, entity):
        if phrase and phrase.how == "stated" and phrase.sort in ("fund", "carrier", "project") and phrase.end:
            reading.names.append((phrase.start or 0, phrase.end))
            if phrase is owner or phrase.sort == "fund":
                state.hosts[phrase.sort] = (phrase, sentence.paragraph)
    if owner and owner.how == "carried" and owner.sort in ("fund", "carrier", "project"):
        state.hosts[owner.sort] = (owner, sentence.paragraph)
    if entity and not spent:
        state.topic = entity
    note_lists(draft, clause)
    if clause.mark == ";":
        state.base = state.topic = None
        lasting = state.first and state.first.sort in ("carrier", "fund", "project", "programme", "place")
        state.owner = state.first if lasting else None
