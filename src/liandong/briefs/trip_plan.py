"""Plans of outings and receptions: why, who, where and when, which projects, who sees to what."""

from __future__ import annotations

from itertools import groupby

from liandong.briefs.blocks import Block, Cited, Document, Heading, Paragraph, Words
from liandong.briefs.cases import Papers, Trip, unknown_id
from liandong.briefs.counting import amount_lines, named
from liandong.briefs.letterhead import day_in_words
from liandong.briefs.paper import annex_tables, banner, subtitle, synthetic_note
from liandong.briefs.tabling import listed, sections, table
from liandong.briefs.vocabulary import say
from liandong.errors import InputError, Language, Text
from liandong.projects import STAGE_NAMES


def compose_outing(papers: Papers, language: Language) -> Document:
    """The plan of the chosen outing, or of the next one."""
    return _compose(papers, "outing", language)


def compose_reception(papers: Papers, language: Language) -> Document:
    """The plan of the chosen reception, or of the next one."""
    return _compose(papers, "reception", language)


def _compose(papers: Papers, kind: str, language: Language) -> Document:
    trip = _trip(papers, kind)
    made: tuple[tuple[str, list[Block]], ...] = (
        ("trip_purpose", [*synthetic_note(papers, language), *_purpose(trip, language)]),
        (f"trip_who_{kind}", _who(trip, language)),
        ("trip_schedule", _schedule(trip, language)),
        ("trip_projects", _projects(trip, papers, language)),
        ("trip_arrangements", _arrangements(trip, language)),
    )
    return Document(
        trip.title,
        subtitle(papers, language),
        language,
        sections(made, language),
        layout="official",
        head=papers.letterhead,
        banner=banner(papers, language),
        annex=annex_tables(papers, language),
    )


def _trip(papers: Papers, kind: str) -> Trip:
    """The chosen one; else the next after the date, else the last before it."""
    trips = [trip for trip in papers.trips if trip.kind == kind]
    if papers.chosen:
        found = next((trip for trip in trips if trip.id == papers.chosen[0]), None)
        if found is None:
            raise unknown_id(papers.chosen[0], [trip.id for trip in trips])
        return found
    if not trips:
        name = say(f"work_{kind}", "zh")
        raise InputError(Text(f"没有{name}计划。", f"there is no plan of a kind {kind}."), field="trip")
    ahead = [trip for trip in trips if trip.until.isoformat() >= papers.date]
    return min(ahead, key=lambda t: t.since) if ahead else max(trips, key=lambda t: t.since)


def _purpose(trip: Trip, language: Language) -> list[Block]:
    blocks: list[Block] = [Paragraph((Cited(trip.purpose, (trip.record,)),))]
    blocks += [Paragraph((Words(f"{number}. {goal}"),)) for number, goal in enumerate(trip.goals, 1)]
    return blocks


def _who(trip: Trip, language: Language) -> list[Block]:
    span = day_in_words(trip.since, language)
    if trip.until != trip.since:
        span += f" – {day_in_words(trip.until, language)}"
    rows = [
        (say("work_day", language), span),
        (say("work_unit", language), trip.unit),
        (say(f"trip_party_{trip.kind}", language), listed(trip.party, language)),
        (say("trip_hosts", language), listed(trip.hosts, language)),
    ]
    caption = say("trip_who_caption", language)
    return table(caption, (("item", 0.28), ("says", 0.72)), rows, language)


def _schedule(trip: Trip, language: Language) -> list[Block]:
    """A table a day."""
    blocks: list[Block] = []
    heads = (
        ("handbook_time", 0.17),
        ("place", 0.24),
        ("trip_what", 0.33),
        ("trip_firm", 0.14),
        ("trip_in_charge", 0.12),
    )
    ordered = sorted(trip.stops, key=lambda stop: stop.day)
    for day, stops in groupby(ordered, key=lambda stop: stop.day):
        rows = [(stop.time, stop.place, stop.what, stop.firm, stop.in_charge) for stop in stops]
        caption = say("trip_day", language).format(day=day_in_words(day, language))
        blocks += [Heading(2, day_in_words(day, language)), *table(caption, heads, rows, language)]
    return blocks


def _projects(trip: Trip, papers: Papers, language: Language) -> list[Block]:
    """What is known of the projects that it is about."""
    rows = [
        (
            named(case),
            case.project.party.name if case.project.party else "",
            STAGE_NAMES[case.project.stage](language),
            amount_lines(case.project.amounts, language),
            listed((each.what for each in case.problems if each.answered is None), language),
        )
        for case in (papers.case(each) for each in trip.cases)
    ]
    heads = (
        ("work_project", 0.24),
        ("work_party", 0.2),
        ("work_stage", 0.1),
        ("work_amounts", 0.26),
        ("trip_matters", 0.2),
    )
    return table(say("trip_projects", language), heads, rows, language)


def _arrangements(trip: Trip, language: Language) -> list[Block]:
    heads = (("trip_to_do", 0.66), ("trip_in_charge", 0.34))
    return table(say("trip_arrangements", language), heads, trip.arrangements, language)
