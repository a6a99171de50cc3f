from dataclasses import replace
from decimal import Decimal

import pytest

from liandong.briefs import BriefError, city_brief
from liandong.briefs.blocks import Cited, Value, Words, placed_runs
from liandong.briefs.check import require_sources
from liandong.briefs.city import compose
from liandong.briefs.sources import Source, number_sources
from liandong.briefs.stated import figure_of, stated, written
from liandong.briefs.vocabulary import file_name, term
from liandong.errors import InputError
from liandong.facts import Kind
from liandong.figures import DerivedRef, FactRef, Figure, Standing
from tests.briefs import sample


def _entries(content=sample.CONTENT, language="zh") -> list[Source]:
    return number_sources(compose(content, language), content).entries()


def _text(entry: Source) -> str:
    return "".join(run.text for run in entry.runs)


def test_every_figure_of_a_brief_has_a_number_and_every_number_an_entry():
    """Numbers cited in the text and in the entries are exactly the numbers of the list."""
    document = compose(sample.CONTENT, "zh")
    sources = number_sources(document, sample.CONTENT)
    entries = sources.entries()
    runs = [placed.run for placed in placed_runs(document)] + [run for e in entries for run in e.runs]
    cited = {number for run in runs if not isinstance(run, Words) for number in sources.numbers(run)}
    known = [run for run in runs if isinstance(run, Value) and run.figure.known]
    assert cited == {entry.number for entry in entries} == set(range(1, len(entries) + 1))
    assert all(sources.numbers(run) for run in known)


def test_same_sentence_cited_twice_has_one_number():
    """549 and 1549 stand in one quoted sentence: one entry."""
    quoted = [_text(e) for e in _entries() if e.kind == "fact"]
    assert sum(sample.LISTED in text for text in quoted) == 1


def test_fact_entry_gives_the_sentence_and_its_page():
    """The entry quotes the characters of the page and names title, date and origin."""
    first = _entries()[0]
    assert _text(first) == (
        "“许昌电力装备产业集群规模超千亿元” —— 《许昌打造制造强市》，2025-06-19，xuchang.txt"
    )


def test_query_entry_can_be_run_again():
    """The entry gives snapshot, rows, coverage with its date, and the query itself."""
    entries = [_text(e) for e in _entries() if e.kind == "query"]
    assert entries[0] == (
        "查询：快照 20250619-0a1b2c，3 条记录。 覆盖 D1，截至 2019-04。"
        " SELECT count(*) FROM firms WHERE prefecture = '411000' AND industry IN ('2921')"
    )


def test_derived_entry_lists_formula_and_inputs_with_their_sources():
    """A location quotient names its inputs, each with a number of its own."""
    sources = number_sources(compose(sample.CONTENT, "en"), sample.CONTENT)
    entry = next(e for e in sources.entries() if "(local / city)" in _text(e))
    assert _text(entry) == (
        "Derived: (local / city) / (industry / all). local = 3 firms; all = see. Coverage D1, until 2019-04."
    )
    inputs = [run for run in entry.runs if not isinstance(run, Words)]
    assert [type(run) for run in inputs] == [Value, Cited]
    assert all(sources.numbers(run) for run in inputs)


def test_long_formula_of_many_entries_is_told_once():
    """Three derivations by one formula name its label; what differs at its end stays with each."""
    formula = "sum over all classes j outside the node n of proximity times presence of j; n = "
    nodes = tuple(
        replace(
            node,
            figures={
                "relatedness_density": sample.DENSITY.with_evidence(
                    DerivedRef(formula + node.industries[0], (("panel", sample.query(9, "'38'")),))
                )
            },
        )
        for node in sample.DIAGNOSIS.nodes
    )
    section = replace(sample.CONTENT.chains[0], diagnosis=replace(sample.DIAGNOSIS, nodes=nodes))
    content = replace(sample.CONTENT, chains=(section,), targets=())
    sources = number_sources(compose(content, "en"), content)
    derived = [_text(entry) for entry in sources.entries() if entry.kind == "derived"]
    assert sources.methods() == [("M1", formula.removesuffix("; n = "))]
    assert [text.split(" panel")[0] for text in derived] == [
        "Derived: M1; n = 2921.",
        "Derived: M1; n = 3821.",
        "Derived: M1; n = 3844.",
    ]


def test_path_of_a_page_is_told_by_its_name():
    """The folder of the machine that wrote the brief stays out; an address stays whole."""
    origins = ("/home/a/page.txt", "C:\\a\\page.txt", "https://x.cn/a/1.html")
    assert [file_name(origin) for origin in origins] == ["page.txt", "page.txt", "https://x.cn/a/1.html"]


def test_assumption_of_the_planner_is_named_as_such():
    """What no source states is told with file and line of the plan."""
    assert "规划者设定：plan.toml，第 40 行。" in [_text(e) for e in _entries()]


def test_labels_say_what_the_sources_stand_on():
    """Coverage is told once, with its limits in words."""
    sources = number_sources(compose(sample.CONTENT, "zh"), sample.CONTENT)
    sources.entries()
    assert sources.coverages() == [("D1", sample.COVERAGE)]


def test_figure_without_evidence_is_refused_with_its_place(tmp_path):
    """The brief names the place of each offending figure in both languages, and writes nothing."""
    node = replace(sample.DIAGNOSIS.nodes[1], figures={"firms": Figure(Decimal(128), "家", "count")})
    diagnosis = replace(sample.DIAGNOSIS, nodes=(sample.DIAGNOSIS.nodes[0], node))
    content = replace(sample.CONTENT, chains=(replace(sample.CONTENT.chains[0], diagnosis=diagnosis),))
    with pytest.raises(BriefError) as caught:
        city_brief(content, directory=tmp_path)
    assert caught.value.text("zh") == "电力装备 › 电力装备链：诊断 › 2 › 本地企业: “128家”没有出处。"
    assert caught.value.text("en").endswith('"128家" has no source.')
    assert list(tmp_path.iterdir()) == []


def test_fact_that_is_not_there_or_whose_page_is_not_there_is_refused():
    """A reference must lead to a fact, and the fact to its page."""
    content = replace(sample.CONTENT, facts=tuple(f for f in sample.FACTS if f is not sample.INVESTED))
    with pytest.raises(BriefError) as caught:
        require_sources(compose(content, "zh"), content)
    assert {fault.field.split(" › ")[-1] for fault in caught.value.faults} == {"得分", "理由"}
    assert sample.INVESTED.id in caught.value.text("zh")
    homeless = replace(sample.CONTENT, pages=())
    with pytest.raises(BriefError) as caught:
        require_sources(compose(homeless, "zh"), homeless)
    assert len(caught.value.faults) >= len(sample.FACTS)


def test_derivation_from_an_unsourced_input_is_refused():
    """Evidence is followed to its end: a formula over a bare number is no source."""
    bare = Figure(Decimal(5), "家", "count")
    hidden = replace(
        sample.target(1, "甲", "320500", "苏州"),
        contributions=(
            replace(
                sample.CONTENT.targets[0].contributions[0],
                figure=Figure(Decimal(1), "", "fit", evidence=(DerivedRef("x / y", (("x", bare),)),)),
            ),
        ),
    )
    content = replace(sample.CONTENT, targets=(hidden,))
    with pytest.raises(BriefError) as caught:
        require_sources(compose(content, "zh"), content)
    assert {fault.problem.zh for fault in caught.value.faults} == {
        "“18分”没有出处。",
        "“1”没有出处。",
        "“+18分”没有出处。",
    }


def test_unknown_figure_needs_no_source_and_shows_a_dash():
    """— asserts nothing; it is placed without a reference."""
    document = compose(sample.CONTENT, "zh")
    sources = number_sources(document, sample.CONTENT)
    unknown = [
        p.run
        for p in placed_runs(document)
        if isinstance(p.run, Value) and not p.run.figure.known and not p.run.figure.low
    ]
    assert [(run.text, sources.numbers(run)) for run in unknown] == [("—", ())]


def test_fact_becomes_the_figure_it_states():
    """Value, unit, standing, time and evidence of a fact are those of its figure."""
    figure = figure_of(sample.PLANNED)
    assert figure is not None
    assert (figure.value, figure.unit, figure.standing, figure.basis.as_of, figure.evidence) == (
        Decimal(800),
        "家",
        Standing.PLANNED,
        "2027",
        (FactRef(sample.PLANNED.id),),
    )


def test_range_is_shown_with_both_ends_and_a_structure_as_written():
    """300~500亩 keeps its ends; 5:50:45 is cited as text."""
    land, structure = figure_of(sample.LAND), figure_of(sample.STRUCTURE)
    assert land is not None
    assert (land.value, written(land, "zh"), written(land, "en")) == (None, "300–500亩", "300–500 mu")
    assert structure is None
    assert stated(sample.STRUCTURE, "zh", reviewed=True) == (
        Cited("5:50:45", (FactRef(sample.STRUCTURE.id),)),
    )


def test_bounds_stay_with_their_numbers():
    """超千亿元 is over a hundred billion, in both languages."""
    assert stated(sample.SCALE, "zh", reviewed=True)[0].text == "超1,000亿元"
    assert stated(sample.SCALE, "en", reviewed=True)[0].text == "over 100 billion yuan"


def test_more_than_the_digits_say_is_said():
    """120余家 is over 120 firms, though no word before the number says so."""
    some = replace(sample.HIGH_TECH, value="120", value_text="120余家")
    assert stated(some, "zh", reviewed=True)[0].text == "超过120家"
    assert stated(some, "en", reviewed=True)[0].text.startswith("over 120")


def test_unreviewed_fact_is_marked_and_reviewed_one_is_not():
    """Only what no person has accepted carries the mark."""
    assert stated(sample.SMALL, "zh", reviewed=False)[1:] == (Words(" 未复核", "warning"),)
    assert stated(sample.HIGH_TECH, "zh", reviewed=True)[1:] == ()


def test_each_section_tells_its_own_method():
    """Diagnosis says how a status comes about, targets how a score does and what it does not mean."""
    document = compose(sample.CONTENT, "en")
    texts = {
        p.place: p.run.text
        for p in placed_runs(document)
        if p.place in ("6. Chain diagnosis", "7. Firms to court")
    }
    assert texts["6. Chain diagnosis"].startswith("Status follows by rule from local firms")
    assert texts["7. Firms to court"].endswith("never the moving of a registered seat.")


def test_facts_about_persons_stay_out():
    """The brief names no person of a page."""
    person = sample.fact(Kind.PERSON, "某人", "职务", "许昌打造制造强市", value_text="市长")
    content = replace(sample.CONTENT, facts=(*sample.FACTS, person))
    assert compose(content, "zh") == compose(sample.CONTENT, "zh")


def test_unknown_format_and_date_are_refused(tmp_path):
    """A format or a date that does not exist is named."""
    with pytest.raises(InputError, match='"odt" is not a format'):
        city_brief(sample.CONTENT, formats=("odt",), directory=tmp_path)
    with pytest.raises(InputError, match='"soon" is not a date'):
        city_brief(replace(sample.CONTENT, date="soon"), directory=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_a_file_is_refused_by_name(tmp_path):
    """The message names the folder."""
    file = tmp_path / "taken"
    file.write_text("x")
    with pytest.raises(InputError) as caught:
        city_brief(sample.CONTENT, formats=("xlsx",), directory=file)
    assert caught.value.file == str(file)


def test_empty_content_makes_a_brief_that_says_so_little():
    """Without facts, chains and targets only the two reading notes are left, and nothing fails."""
    content = replace(sample.CONTENT, pages=(), facts=(), chains=(), targets=(), coverage=())
    document = compose(content, "zh")
    assert [type(block).__name__ for block in document.blocks] == ["Heading", "Paragraph", "Paragraph"]
    assert _entries(content) == []


def test_term_is_translated_whole_or_by_its_end_and_the_chinese_stays():
    """高新技术企业 is known; 电力装备生产基地 ends in what is known; the rest stays Chinese."""
    terms = ("高新技术企业", "电力装备生产基地", "乱石山")
    assert [term(each, "en") for each in terms] == [
        "high-tech enterprises (高新技术企业)",
        "production base (电力装备生产基地)",
        "乱石山",
    ]
    assert [term(each, "zh") for each in terms] == list(terms)
