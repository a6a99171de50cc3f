"""Proposals of a model, asked over a real connection: lies are refused, true ones kept, faults told."""

import json
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from liandong.cli.app import app
from liandong.documents import Page, Span
from liandong.errors import InputError
from liandong.facts import Fact, Kind, extract, verify
from liandong.facts.model_endpoint import MAX_ANSWER
from liandong.facts.model_proposals import (
    MOST,
    PASSAGE,
    ProposalError,
    Proposals,
    Refusal,
    passages,
    propose,
)
from tests.facts.lying_server import Reply, Server, proposes, says, serving
from tests.facts.sample import ARTICLE, page

# another genre than the grammar's, so that every fact of it is the model's
LIBRARY = """城南图书馆藏书320万册。城南图书馆去年借出图书58.6万册。北山书院藏书9.4万册。
城南图书馆力争建成北山分馆。城南图书馆获得“书香之家”称号。城南图书馆力争增加座位400个。
馆内有盲文图书、连环画、旧报刊、地方志、手稿、乐谱、老照片、唱片、录音带,读者可以在窗前坐一个下午。
"""
TEASER = "城南图书馆座位1200个\n"


def library() -> Page:
    """The article and a teaser below it, which is noise."""
    whole = page(LIBRARY + TEASER, region=None)
    return replace(whole, body=(Span(0, len(LIBRARY)),))


def entry(indicator: str, quote: str, **more: str | None) -> dict[str, str | None]:
    """A proposal of the library, with the fields that a fact without more has."""
    plain: dict[str, str | None] = dict.fromkeys(
        ("value_text", "unit", "value", "qualifier", "period", "region")
    )
    fixed = {"kind": "indicator", "subject": "城南图书馆", "modality": "actual"}
    return {**plain, **fixed, "indicator": indicator, "quote": quote, **more}


STOCK = entry("藏书", "城南图书馆藏书320万册", value_text="320万册", unit="册", value="3200000")
LOANS = entry(
    "借出图书",
    "城南图书馆去年借出图书58.6万册",
    value_text="58.6万册",
    unit="册",
    value="586000",
    period="2024",
)
TITLE = entry("获得", "城南图书馆获得“书香之家”称号", kind="recognition", value_text="书香之家")
SEATS = entry(
    "增加座位", "城南图书馆力争增加座位400个", value_text="400个", unit="个", value="400", modality="planned"
)
TRUE = (STOCK, LOANS, TITLE, SEATS)


def ask(*entries: object, **how) -> Proposals:
    """What comes of a model that proposes these of the library."""
    with serving(proposes(*entries)) as server:
        return propose(library(), endpoint=server.address, model="storyteller", **how)


def told(proposals: Proposals) -> list[tuple]:
    return [(f.subject, f.indicator, f.value, f.unit, f.period, f.modality) for f in proposals.admitted]


def refusal(*entries: object) -> list[tuple[str, ...]]:
    """The reasons for which each was refused, if none was admitted."""
    proposals = ask(*entries)
    assert proposals.admitted == ()
    return [refused.reasons for refused in proposals.refused]


def test_true_proposals_are_kept():
    """What the page says, word for word, passes the gate and is marked as the model's."""
    proposals = ask(*TRUE)
    assert told(proposals) == [
        ("城南图书馆", "藏书", "3200000", "册", None, "actual"),
        ("城南图书馆", "借出图书", "586000", "册", "2024", "actual"),
        ("城南图书馆", "获得", None, None, None, "actual"),
        ("城南图书馆", "增加座位", "400", "个", None, "planned"),
    ]
    assert proposals.refused == ()
    assert {fact.origin for fact in proposals.admitted} == {"model:storyteller"}
    assert [verify(fact, library()) for fact in proposals.admitted] == [()] * 4


def test_an_admitted_fact_names_its_characters():
    """Quote, number, unit and each field have their places in the page's raw text."""
    (fact,) = ask(LOANS).admitted
    raw = library().raw
    assert (raw[fact.start : fact.end], raw[fact.value_start : fact.value_end]) == (
        LOANS["quote"],
        "58.6万册",
    )
    grounds = {name: raw[g.start : g.end] for name, g in fact.basis.items() if g.start is not None}
    assert grounds == {
        "subject": "城南图书馆",
        "indicator": "借出图书",
        "unit": "册",
        "period": "去年",
        "modality": "城南图书馆去年借出图书58.6万册",
    }


def test_a_number_may_be_left_to_the_reader():
    """Without a value of the model's own the page's characters give it."""
    assert told(ask({**LOANS, "value": None})) == told(ask(LOANS))


LIES = {
    "altered digits in the value": ({**STOCK, "value": "3300000"}, "value"),
    "altered digits in the value's words": ({**STOCK, "value_text": "330万册", "value": None}, "quote"),
    "altered digits in the quote": (
        {**STOCK, "quote": "城南图书馆藏书330万册", "value_text": "330万册"},
        "quote",
    ),
    "a lost multiplier": ({**STOCK, "value": "320"}, "value"),
    "an invented quote": ({**STOCK, "quote": "城南图书馆馆藏丰富,达320万册"}, "quote"),
    "two sentences stitched": (
        {**STOCK, "quote": "城南图书馆藏书58.6万册", "value_text": "58.6万册"},
        "quote",
    ),
    "half of a number": ({**STOCK, "value_text": "20万册", "value": "200000"}, "value"),
    "a swapped unit": ({**STOCK, "unit": "人次"}, "unit"),
    "a swapped unit in the words": ({**STOCK, "unit": "人次", "value_text": "320万人次"}, "quote"),
    "a quote from the noise": (
        entry("座位", "城南图书馆座位1200个", value_text="1200个", unit="个", value="1200"),
        "quote",
    ),
    "a plan shown as done": ({**SEATS, "modality": "actual"}, "modality"),
    "a deed shown as a plan": ({**STOCK, "modality": "planned"}, "modality"),
    "a plan without a number shown as done": (
        entry("建成", "城南图书馆力争建成北山分馆", kind="carrier", value_text="北山分馆"),
        "modality",
    ),
    "another's figure": ({**STOCK, "subject": "北山书院"}, "subject"),
    "an invented owner": ({**STOCK, "subject": "城北图书馆"}, "subject"),
    "another indicator": ({**STOCK, "indicator": "借出图书"}, "indicator"),
    "another year": ({**LOANS, "period": "2023"}, "period"),
    "an invented year": ({**STOCK, "period": "2024"}, "period"),
    "a year left out": ({**LOANS, "period": None}, "period"),
    "an invented place": ({**STOCK, "region": "深圳"}, "region"),
    "an invented title": ({**TITLE, "value_text": "全国先进单位"}, "value_text"),
    "an invented condition": ({**STOCK, "qualifier": "全国最多"}, "qualifier"),
    "a number told as words": ({**STOCK, "value": None, "unit": None, "subject": "北山书院"}, "unit"),
    "a particular of the page": ({**STOCK, "kind": "meta"}, "kind"),
    "no such kind": ({**STOCK, "kind": "rumour"}, "kind"),
    "no such modality": ({**STOCK, "modality": "certain"}, "modality"),
    "a nested answer": ({**STOCK, "subject": {"name": "城南图书馆"}}, "answer"),
    "numbers for texts": ({**STOCK, "value": 3200000}, "answer"),
    "half a character": ({**STOCK, "subject": "城南\ud83d"}, "answer"),
    "a word for an object": ("城南图书馆藏书320万册", "answer"),
}


@pytest.mark.parametrize(("lie", "field"), LIES.values(), ids=LIES)
def test_a_lie_is_refused(lie, field):
    """Whatever is altered, nothing is admitted, and the refusal names the field."""
    proposals = ask(lie)
    assert proposals.admitted == ()
    assert proposals.reasons() == Counter({field: 1})


def test_lies_do_not_take_the_truth_with_them():
    """Of a mixed answer exactly the true ones are kept, and every lie is counted."""
    lies = [lie for lie, _ in LIES.values()]
    mixed = [*lies[::2], *TRUE, *lies[1::2]]
    proposals = ask(*mixed)
    assert told(proposals) == told(ask(*TRUE))
    assert len(proposals.refused) == len(lies)
    assert sum(proposals.reasons().values()) == len(lies)


def test_a_refusal_shows_what_was_said():
    """The proposal, its passage and the gate's reasons are kept for the report."""
    lie = {**STOCK, "value": "3300000"}
    assert ask(lie).refused == (Refusal(lie, Span(0, len(LIBRARY)), ("value: the page reads 3200000",)),)


def test_an_empty_field_is_missing():
    """Kind, subject, indicator, modality and quote are indispensable."""
    assert refusal({"kind": "indicator", "quote": ""}) == [
        ("subject: missing", "indicator: missing", "modality: missing", "quote: missing")
    ]


@pytest.fixture(scope="module")
def liar():
    """One server for many lies; the test changes what it says."""
    with serving(proposes()) as server:
        yield server


DIGITS = st.sampled_from("0123456789")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_single_alteration_passes(liar: Server, data):
    """A true proposal with one character of one field altered is refused, or is the true fact still."""
    truth = data.draw(st.sampled_from(TRUE))
    name = data.draw(st.sampled_from([n for n, words in truth.items() if words]))
    words = truth[name] or ""
    at = data.draw(st.integers(0, len(words) - 1))
    other = DIGITS if words[at].isdigit() else st.sampled_from("城北馆万亿册个0,-~")
    altered = {**truth, name: words[:at] + data.draw(other) + words[at + 1 :]}
    liar.replies = [proposes(altered)]
    proposals = propose(library(), endpoint=liar.address, model="m", known=())
    assert [f for f in proposals.admitted if altered != truth] == []
    assert len(proposals.admitted) == (altered == truth)


WORDS = st.sampled_from(
    [*"城南馆320万册,", "", "\ud83d", *filter(None, STOCK.values()), *filter(None, LOANS.values())]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.sampled_from(list(STOCK)), inner),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entries=st.lists(JSON | st.fixed_dictionaries({name: WORDS | st.none() for name in STOCK}), max_size=4)
)
def test_no_answer_breaks_the_reader(liar: Server, entries):
    """Whatever JSON comes, every entry is admitted, repeated or refused."""
    liar.replies = [proposes(*entries)]
    proposals = propose(library(), endpoint=liar.address, model="m", known=())
    assert len(proposals.admitted) + proposals.repeated + len(proposals.refused) == len(entries)
    assert [verify(fact, library()) for fact in proposals.admitted] == [()] * len(proposals.admitted)


def test_what_the_rules_state_is_not_repeated():
    """A proposal that only says what the grammar has read is counted, not kept."""
    article = page(ARTICLE)
    stated = [f for f in extract(article) if f.kind is not Kind.META and f.value is not None]
    with serving(proposes(*map(_as_entry, stated))) as server:
        proposals = propose(article, endpoint=server.address, model="m")
    assert proposals == Proposals((), (), repeated=len(stated))


def _as_entry(fact: Fact) -> dict[str, str | None]:
    names = ("kind", "subject", "indicator", "value_text", "unit", "value", "period", "modality", "quote")
    return {name: getattr(fact, name) for name in names}


def test_the_same_proposal_twice_is_one_fact():
    """A model that repeats itself adds nothing."""
    proposals = ask(STOCK, STOCK)
    assert (len(proposals.admitted), proposals.repeated) == (1, 1)


def test_a_proposal_of_another_reading_is_refused():
    """Where the grammar binds a number, a model cannot bind it otherwise."""
    article = page(ARTICLE)
    lie = {
        "kind": "indicator",
        "subject": "许昌",
        "indicator": "总投资",
        "value_text": "28个",
        "unit": "个",
        "modality": "actual",
        "quote": "现场签约项目28个",
    }
    with serving(proposes(lie)) as server:
        proposals = propose(article, endpoint=server.address, model="m")
    assert (proposals.admitted, len(proposals.refused)) == ((), 1)


def test_the_request_is_the_protocol():
    """Model, messages and the passage go to /chat/completions, with the key as a bearer token."""
    with serving(proposes()) as server:
        propose(library(), endpoint=f"{server.address}/", model="storyteller", key="open sesame")
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions"
    assert asked["headers"]["Authorization"] == "Bearer open sesame"
    assert {name: asked[name] for name in ("model", "temperature", "stream")} == {
        "model": "storyteller",
        "temperature": 0,
        "stream": False,
    }
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert asked["messages"][1]["content"].endswith(LIBRARY)


def test_settings_replace_the_temperature():
    """A model that takes no temperature is asked without one."""
    with serving(proposes()) as server:
        propose(library(), endpoint=server.address, model="m", settings={"seed": 1})
    assert ("temperature" in server.asked[0], server.asked[0]["seed"]) == (False, 1)


def test_noise_is_not_sent():
    """The model sees the body only; a page without one asks nothing."""
    with serving(proposes()) as server:
        propose(library(), endpoint=server.address, model="m")
        propose(replace(library(), body=()), endpoint=server.address, model="m")
    assert [TEASER.strip() in asked["messages"][1]["content"] for asked in server.asked] == [False]


@pytest.mark.parametrize(
    "wrapped",
    ["```json\n{}\n```", "<think>320? 330!</think>\n{}", " {} "],
)
def test_wrapped_answers_are_read(wrapped):
    """A fence or a deliberation around the JSON does no harm."""
    content = json.dumps({"facts": [STOCK]}, ensure_ascii=False)
    with serving(says(wrapped.replace("{}", content))) as server:
        assert len(propose(library(), endpoint=server.address, model="m").admitted) == 1


def test_a_broken_answer_is_asked_for_again():
    """Broken JSON once, then the truth: the truth is kept."""
    with serving(says('{"facts": [{"kind": '), proposes(STOCK)) as server:
        proposals = propose(library(), endpoint=server.address, model="m")
    assert (told(proposals), len(server.asked)) == (told(ask(STOCK)), 2)


def long_library() -> Page:
    """The library twice, so far apart that each is a passage of its own."""
    filler = "读者可以在窗前坐一个下午。"
    text = LIBRARY + filler * (PASSAGE // len(filler)) + "\n" + LIBRARY.replace("城南", "城西")
    return page(text, region=None)


BROKEN = {
    "no JSON": says("I would rather tell a story."),
    "JSON cut short": says('{"facts": [{"kind": "indicator", "quo'),
    "another shape": says('{"facts": {"a": 1}}'),
    "too many": proposes(*[STOCK] * (MOST + 1)),
    "deep nesting": says("[" * 100_000),
    "no chat completion": Reply(b"<html>hello</html>"),
    "no choice": Reply(b'{"choices": []}'),
    "no words": Reply(b'{"choices": [{"message": {"content": null}}]}'),
    "not UTF-8": Reply(b"\xff\xfe\x00"),
    "huge": Reply(b" " * (MAX_ANSWER + 1)),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_an_unreadable_answer_is_an_input_error(broken):
    """It names page, line and field; what other passages gave is not lost."""
    with serving(proposes(STOCK), broken) as server, pytest.raises(InputError) as caught:
        propose(long_library(), endpoint=server.address, model="m", attempts=1)
    error = caught.value
    assert isinstance(error, ProposalError)
    assert told(error.proposals) == told(ask(STOCK))
    assert len(error.faults) == len(server.asked) - 1
    assert {(fault.file, fault.field) for fault in error.faults} == {("sample", "answer")}
    assert error.faults[0].row == 4


SILENT = {
    "slow": proposes(STOCK, wait=2.0),
    "dripping": proposes(STOCK, drip=0.02),
}


@pytest.mark.parametrize("silent", SILENT.values(), ids=SILENT)
def test_a_slow_answer_ends_in_time(silent):
    """The deadline is for the whole answer, however steadily it drips."""
    begun = time.monotonic()
    with serving(silent) as server, pytest.raises(ProposalError) as caught:
        propose(library(), endpoint=server.address, model="m", timeout=0.4, attempts=1)
    assert time.monotonic() - begun < 1.9
    assert "0.4 s" in caught.value.text("en")
    assert "0.4 秒" in caught.value.text("zh")


def test_an_endpoint_that_refuses_is_asked_once():
    """A wrong key is told at once, in the endpoint's words but without the key."""
    refused = Reply(b'{"error": "bad key sesame"}', status=401)
    with serving(refused) as server, pytest.raises(ProposalError) as caught:
        propose(long_library(), endpoint=server.address, model="m", key="sesame")
    assert len(server.asked) == 1
    assert caught.value.text("en") == (
        f"sample › row 1 › endpoint: The model at 127.0.0.1:{server.port} answered with status 401: "
        '{"error": "bad key …"}'
    )


def test_a_busy_endpoint_is_asked_again():
    """429 and 503 pass; the third attempt is the last."""
    busy = Reply(b"later", status=429, headers=(("Retry-After", "0"),))
    with serving(busy, Reply(b"down", status=503), proposes(STOCK)) as server:
        assert told(propose(library(), endpoint=server.address, model="m")) == told(ask(STOCK))
    with serving(busy) as server, pytest.raises(ProposalError):
        propose(library(), endpoint=server.address, model="m", attempts=2)
    assert len(server.asked) == 2


def test_no_redirect_is_followed():
    """What the user did not name is not called."""
    with serving(proposes(STOCK)) as elsewhere:
        moved = Reply(b"", status=302, headers=(("Location", f"{elsewhere.address}/chat/completions"),))
        with serving(moved) as server, pytest.raises(ProposalError):
            propose(library(), endpoint=server.address, model="m")
    assert elsewhere.asked == []


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    """A proxy that the environment names is a third party."""
    with serving(proposes()) as proxy, serving(proposes(STOCK)) as server:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        assert len(propose(library(), endpoint=server.address, model="m").admitted) == 1
    assert proxy.asked == []


def test_an_endpoint_out_of_reach_is_an_input_error():
    """The message says where it looked; the facts of the rules are untouched."""
    with serving(proposes()) as server:
        gone = server.address
    with pytest.raises(ProposalError) as caught:
        propose(library(), endpoint=gone, model="m", attempts=1)
    assert caught.value.proposals == Proposals()
    assert f"127.0.0.1:{server.port}" in caught.value.text("zh")


@pytest.mark.parametrize(
    "given_",
    [
        {"endpoint": "127.0.0.1:8000"},
        {"endpoint": "ftp://example.org/v1"},
        {"endpoint": "http://"},
        {"endpoint": "http://["},
        {"endpoint": "http://host:99999"},
        {"endpoint": "http://user:word@host/v1"},
        {"endpoint": "http://ho st/v1"},
        {"endpoint": "http://host/v1\r\nX: y"},
        {"model": " "},
        {"key": "two\nlines"},
        {"timeout": 0.0},
        {"attempts": 0},
    ],
)
def test_impossible_settings_are_input_errors(given_):
    """They are told before anything is called."""
    with pytest.raises(InputError):
        propose(library(), **{"endpoint": "http://127.0.0.1:9/v1", "model": "m", **given_})


@given(
    text=st.text("许昌。;\n，a", max_size=300),
    cuts=st.tuples(st.integers(0, 300), st.integers(0, 300)),
    size=st.integers(1, 80),
)
def test_passages_are_the_body(text, cuts, size):
    """No character of the body is lost or sent twice, none of the noise is sent, no passage is too long."""
    low, high = sorted(min(cut, len(text)) for cut in cuts)
    whole = replace(page(text), body=(Span(0, low), Span(high, len(text))))
    found = passages(whole, size)
    kept = text[:low] + text[high:]
    assert "".join("".join(text[s.start : s.end] for s in found).split()) == "".join(kept.split())
    assert all(0 < s.end - s.start <= size and whole.in_body(s) for s in found)


def test_passages_end_behind_sentences():
    """A cut goes behind the last end of a sentence that fits."""
    assert passages(page("一二三。四五六。七八九"), 9) == [Span(0, 8), Span(8, 11)]


def test_the_command_asks_the_model_too(tmp_path: Path):
    """--model adds what the gate admits of its proposals, marked by origin."""
    path = tmp_path / "library.txt"
    path.write_text(LIBRARY, "utf-8")
    with serving(proposes(STOCK)) as server:
        options = ["--model", "small", "--endpoint", server.address, "--published", "2025-06-19", "--json"]
        result = CliRunner().invoke(app, ["facts", str(path), *options])
    assert result.exit_code == 0
    facts = json.loads(result.stdout)[0]["facts"]
    assert [fact["value"] for fact in facts if fact["origin"] == "model:small"] == ["3200000"]
