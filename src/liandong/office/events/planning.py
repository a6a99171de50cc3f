"""Before the day: who is invited and answers, who wishes to meet whom, who should."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import InputError, Text
from liandong.meetings import AskedBy
from liandong.office.events.views import event_or_404, source, tabs
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.workspace import events_day, events_jobs, events_kept
from liandong.workspace.models import Invitee, SuggestionRecord

ANSWERS = {
    "invited": Text("已邀请", "invited"),
    "accepted": Text("确认参会", "accepted"),
    "declined": Text("谢绝", "declined"),
}
ASKED = {"both": Text("双方", "both"), "first": Text("甲方", "first"), "second": Text("乙方", "second")}


def _answer(each: Invitee) -> SafeString:
    return format_html(
        '<span class="tag">{}</span> <a href="{}">{}</a>',
        say(ANSWERS[each.answer]),
        reverse("events:agenda", args=[each.pk]),
        pick("日程与答复", "agenda, answer"),
    )


INVITEES = Listing(
    "events.invitees",
    Text("参会方", "Invitees"),
    columns=(
        Column(
            "name", Text("名称", "name"), lambda each: source(each.name), lambda each: each.name, sort="name"
        ),
        Column(
            "delegation",
            Text("代表团", "delegation"),
            lambda each: source(each.delegation),
            sort="delegation",
        ),
        Column("head", Text("带队人", "led by"), lambda each: source(each.stand_in or each.head)),
        Column("sector", Text("行业", "sector"), lambda each: source(each.sector)),
        Column(
            "answer", Text("答复", "answer"), _answer, lambda each: say(ANSWERS[each.answer]), sort="answer"
        ),
    ),
    filters=(
        Filter("q", Text("名称", "name"), lambda rows, text: rows.filter(name__icontains=text)),
        Filter(
            "delegation",
            Text("代表团", "delegation"),
            lambda rows, text: rows.filter(delegation__icontains=text),
        ),
        Filter(
            "answer",
            Text("答复", "answer"),
            lambda rows, value: rows.filter(answer=value),
            lambda: [(key, say(text)) for key, text in ANSWERS.items()],
        ),
    ),
    empty=Text("还没有邀请。", "Nobody is invited yet."),
    template="office/events/invitees.html",
)
WISHES = Listing(
    "events.wishes",
    Text("会谈意愿", "Wishes"),
    columns=(
        Column("code", Text("编号", "code"), lambda each: source(each.code), sort="id"),
        Column("first", Text("甲方", "first"), lambda each: source(each.first.name), sort="first__name"),
        Column("second", Text("乙方", "second"), lambda each: source(each.second.name), sort="second__name"),
        Column("asked", Text("提出方", "asked by"), lambda each: say(ASKED[each.asked_by])),
        Column(
            "priority",
            Text("优先级", "priority"),
            lambda each: str(each.priority) + (" ★" if each.must else ""),
            lambda each: each.priority,
            sort="priority",
            numeric=True,
        ),
        Column("reasons", Text("推荐理由", "why"), lambda each: source(";".join(each.reasons[:2]))),
    ),
    empty=Text("还没有会谈意愿。", "No wishes yet."),
    template="office/events/wishes.html",
)


def _side(suggestion: SuggestionRecord, side: str) -> SafeString:
    answer = getattr(suggestion, f"accepted_{side}")
    if answer is not None:
        return format_html("{}", pick("愿意", "yes") if answer else pick("不愿", "no"))
    who = getattr(suggestion, side).name
    return format_html(
        '<form method="post" class="inline" action="{}"><input type="hidden" name="csrfmiddlewaretoken" '
        'value="{}"><input type="hidden" name="side" value="{}">'
        '<button name="accepted" value="yes" aria-label="{}">{}</button>'
        '<button name="accepted" value="no" aria-label="{}">{}</button></form>',
        reverse("events:answer_suggestion", args=[suggestion.pk]),
        suggestion.token,  # type: ignore[attr-defined] # set by the view
        side,
        pick(f"{who} 愿意", "yes"),
        pick("愿意", "yes"),
        pick(f"{who} 不愿", "no"),
        pick("不愿", "no"),
    )


SUGGESTIONS = Listing(
    "events.suggestions",
    Text("推荐会谈", "Suggested meetings"),
    columns=(
        Column("rank", Text("序", "no."), lambda each: str(each.rank), lambda each: each.rank, "rank", True),
        Column("first", Text("甲方", "first"), lambda each: source(each.first.name)),
        Column("second", Text("乙方", "second"), lambda each: source(each.second.name)),
        Column(
            "score",
            Text("得分", "score"),
            lambda each: f"{each.score:g}",
            lambda each: each.score,
            "score",
            True,
        ),
        Column("reasons", Text("理由", "why"), lambda each: source(";".join(each.reasons))),
        Column("yes", Text("甲方答复", "first says"), lambda each: _side(each, "first")),
        Column("also", Text("乙方答复", "second says"), lambda each: _side(each, "second")),
    ),
    empty=Text(
        "还没有推荐。按规划、登记库和资料推荐。", "None yet. They come of the plan, the registry and facts."
    ),
    order="rank",
    template="office/events/suggestions.html",
)


@page("events.change", methods=("POST",))
def invite(request: Request, pk: int) -> HttpResponse:
    """One more invitee."""
    found = event_or_404(pk)
    given = {name: request.POST.get(name, "") for name in ("delegation", "sector", "head")}
    events_kept.invite(found, request.POST.get("name", ""), **given)
    messages.success(request, pick("已邀请。", "Invited."))
    return redirect("events:invitees", found.pk)


@page("events.view")
def invitees(request: Request, pk: int) -> HttpResponse:
    """Who is invited, and what came back."""
    found = event_or_404(pk)
    return INVITEES.answer(
        request, found.invitees.all(), heading=found.name, **tabs(request, found, "invitees")
    )


@page("events.change", methods=("POST",))
def answer(request: Request, pk: int) -> HttpResponse:
    """What came back of an invitation."""
    found = get_object_or_404(Invitee, pk=pk)
    events_day.answer(found, request.POST.get("answer", ""), version=number(request.POST.get("version")))
    return redirect("events:agenda", found.pk)


@page("events.change", methods=("POST",))
def wish(request: Request, pk: int) -> HttpResponse:
    """One more wish."""
    found, given = event_or_404(pk), request.POST
    first, second = (
        get_object_or_404(found.invitees, pk=number(given.get(side))) for side in ("first", "second")
    )
    asked = given.get("asked_by", "both")
    events_kept.wish(
        found,
        first,
        second,
        priority=number(given.get("priority", "3")),
        asked_by=AskedBy(asked) if asked in ASKED else AskedBy.BOTH,
        must=given.get("must") == "yes",
    )
    return redirect("events:wishes", found.pk)


@page("events.view")
def wishes(request: Request, pk: int) -> HttpResponse:
    """Who wishes to meet whom."""
    found = event_or_404(pk)
    rows = found.wishes.filter(cancelled=False).select_related("first", "second")
    people = found.invitees.exclude(answer="declined").only("pk", "name")
    context: dict[str, Any] = {"people": people, "asked_words": [(k, say(t)) for k, t in ASKED.items()]}
    return WISHES.answer(request, rows, **context, **tabs(request, found, "wishes"))


@page("events.change", methods=("POST",))
def suggest(request: Request, pk: int) -> HttpResponse:
    """Rank anew who should meet, in the background."""
    return redirect("jobs:job", events_jobs.start("events.suggest", event_or_404(pk)).pk)


@page("events.view")
def suggestions(request: Request, pk: int) -> HttpResponse:
    """Who should meet, ranked, with reasons, and what each side answered."""
    found = event_or_404(pk)
    token, rows = get_token(request), list(found.suggestions.select_related("first", "second"))
    for each in rows:
        each.token = token  # type: ignore[attr-defined] # for the forms in its cells
    return SUGGESTIONS.answer(request, rows, **tabs(request, found, "suggestions"))


@page("events.change", methods=("POST",))
def answer_suggestion(request: Request, pk: int) -> HttpResponse:
    """One side's answer to a suggestion."""
    found = get_object_or_404(SuggestionRecord.objects.select_related("event", "first", "second"), pk=pk)
    side = request.POST.get("side", "")
    if side not in ("first", "second"):
        raise InputError(Text("请选甲方或乙方。", "First or second?"), field="side")
    made = events_kept.answer_suggestion(found, side, request.POST.get("accepted") == "yes")
    if made is not None:
        messages.success(request, pick("双方都愿意,已列入会谈意愿。", "Both agreed: it is a wish now."))
    return redirect("events:suggestions", found.event_id)


def number(text: str | None) -> int:
    """A number of a form. Raises InputError for anything else."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 12:
        raise InputError(Text("请选择或填写数字。", "Choose, or give a number."), field="number")
    return int(text)
