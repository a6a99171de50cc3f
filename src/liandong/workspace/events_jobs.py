"""An event's long work in the background: suggestions, schedules with progress and stop, re-plans."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from liandong.errors import Text
from liandong.meetings import News, Schedule, replan, schedule
from liandong.workspace import audit, current, events_kept, jobs
from liandong.workspace.jobs import CancelledError, Progress
from liandong.workspace.models import (
    EventRecord,
    Invitee,
    Job,
    ScheduleRun,
    ScheduleVersion,
    SuggestionRecord,
)

SECONDS = 60
MOST_SECONDS = 600
EACH = 8
"""Suggestions for each side."""


def start(kind: str, event: EventRecord, **params: Any) -> Job:
    """Queue work on an event: `events.suggest`, `events.schedule` or `events.replan`."""
    return jobs.enqueue(kind, {"event": event.pk, **params}, subject=event.name[:200])


@jobs.task("events.suggest", Text("推荐会谈", "suggest meetings"))
def suggest(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Rank who should meet, with reasons, in place of suggestions that nobody has answered yet."""
    record = EventRecord.objects.get(pk=params["event"])
    event = events_kept.event_of(record, everybody=True)
    found = current.workspace().suggest(event, limit=EACH) if current.plan() is not None else ()
    people = {each.code: each for each in record.invitees.all()}
    with transaction.atomic():
        answered = SuggestionRecord.objects.filter(event=record)
        kept = {
            frozenset((each.first_id, each.second_id))
            for each in answered
            if (each.accepted_first, each.accepted_second) != (None, None)
        }
        answered.filter(accepted_first=None, accepted_second=None).delete()
        made = SuggestionRecord.objects.bulk_create(
            SuggestionRecord(
                event=record,
                first=people[each.pair.first],
                second=people[each.pair.second],
                rank=each.rank,
                score=each.pair.score,
                reasons=list(each.pair.reasons),
            )
            for each in found
            if frozenset((people[each.pair.first].pk, people[each.pair.second].pk)) not in kept
        )
        audit.record("events.suggest", record.pk, pairs=len(made))
    return {
        "zh": f"推荐了 {len(made)} 场会谈。",
        "en": f"{len(made)} meetings are suggested.",
        "address": f"/events/{record.pk}/suggestions/",
    }


@jobs.task("events.schedule", Text("会谈排期", "schedule meetings"))
def arrange(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Search for a schedule. Stopped early, the best so far is kept, and says that it was stopped."""
    record = EventRecord.objects.get(pk=params["event"])
    seconds = max(1, min(MOST_SECONDS, int(params.get("seconds", SECONDS))))
    watch = _Watch(progress, seconds)
    found = schedule(events_kept.event_of(record), time_limit=float(seconds), cancelled=watch)
    return _keep(record, "schedule", found, watch)


@jobs.task("events.replan", Text("现场重排", "re-plan on the day"))
def rearrange(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """From a slot on, with who is absent and who comes late: the fewest changes of what people were told."""
    record = EventRecord.objects.get(pk=params["event"])
    last = ScheduleVersion.objects.filter(event=record).first()
    event = events_kept.event_of(record)
    watch = _Watch(progress, 20)
    people = record.invitees.filter(answer=Invitee.Answer.ACCEPTED)
    published = events_kept.placed(last.placements) if last else ()
    known = {each.id for each in event.meetings}
    news = News(
        now=int(params.get("now", 1)),
        absent=frozenset(people.filter(presence="absent").values_list("code", flat=True)),
        late={each.code: each.late for each in people.filter(presence="late") if each.late is not None},
    )
    told = tuple(each for each in published if each.meeting in known)
    found = replan(event, told, news, time_limit=20.0, cancelled=watch)
    return _keep(record, "replan", found, watch)


class _Watch:
    """Asked several times a second whether to stop; tells the job how far the time has run."""

    def __init__(self, progress: Progress, seconds: int) -> None:
        self._progress, self._seconds = progress, seconds
        self._start = time.monotonic()
        self.stopped = False

    def __call__(self) -> bool:
        """Whether somebody asked to stop."""
        try:
            self._progress(min(self._seconds, int(time.monotonic() - self._start)), self._seconds)
        except CancelledError:
            self.stopped = True
        return self.stopped


def _keep(record: EventRecord, kind: str, found: Schedule, watch: _Watch) -> dict[str, Any]:
    told = found.to_dict() | {"stopped": watch.stopped}
    told.pop("meetings")
    with transaction.atomic():
        made = ScheduleRun.objects.create(
            event=record,
            kind=kind,
            placements=[[each.meeting, each.slot, each.table] for each in sorted(found.placements)],
            told=told,
            by=audit.actor().name,
        )
        audit.record("events.run", made.pk, event=record.pk, kind=kind, status=str(found.status))
    return {
        "zh": f"安排 {len(found.placements)} 场,{len(found.unheld)} 场未排上。尚未发布。",
        "en": f"{len(found.placements)} meetings placed, {len(found.unheld)} not. Not published yet.",
        "address": f"/events/{record.pk}/runs/{made.pk}/",
    }
