"""Addresses of projects."""

from __future__ import annotations

from django.urls import path

from liandong.office.projects import diligence, overview, promising, reviewing, sheets, views, watching

app_name = "projects"
urlpatterns = [
    path("", views.index, name="index"),
    path("board/", views.board, name="board"),
    path("new/", views.new, name="new"),
    path("totals/", watching.totals, name="totals"),
    path("amounts/", watching.listed_amounts, name="amounts"),
    path("overdue/", watching.overdue, name="overdue"),
    path("again/", watching.again, name="again"),
    path("again/judge/", watching.judge, name="judge"),
    path("again/<int:pk>/undo/", watching.undo_judgement, name="undo_judgement"),
    path("imports/", sheets.imports, name="imports"),
    path("imports/template/", sheets.template, name="import_template"),
    path("imports/confirm/", sheets.confirm, name="confirm_import"),
    path("imports/<int:pk>/undo/", sheets.undo, name="undo_import"),
    path("example/", sheets.example, name="example"),
    path("calendar/", sheets.calendar, name="calendar"),
    path("screen/", watching.screen, name="screen"),
    path("notices/", watching.notices, name="notices"),
    path("notices/read/", watching.read, name="read"),
    path("<int:pk>/", overview.project, name="project"),
    path("<int:pk>/edit/", overview.edit, name="edit"),
    path("<int:pk>/stage/", overview.stage, name="stage"),
    path("<int:pk>/status/", overview.status, name="status"),
    path("<int:pk>/milestone/", overview.milestone, name="milestone"),
    path("<int:pk>/amount/", overview.amount, name="amount"),
    path("<int:pk>/note/", overview.note, name="note"),
    path("<int:pk>/task/", overview.task, name="task"),
    path("tasks/<int:pk>/answer/", overview.answer, name="answer"),
    path("<int:pk>/diligence/", diligence.checklist, name="diligence"),
    path("<int:pk>/diligence/check/", diligence.check, name="check"),
    path("diligence/<int:pk>/decide/", diligence.decide, name="decide"),
    path("<int:pk>/review/", reviewing.review, name="review"),
    path("<int:pk>/review/call/", reviewing.call, name="call"),
    path("meetings/<int:pk>/vote/", reviewing.vote, name="vote"),
    path("meetings/<int:pk>/conclude/", reviewing.conclude, name="conclude"),
    path("conditions/<int:pk>/close/", reviewing.close, name="close"),
    path("<int:pk>/promises/", promising.promises, name="promises"),
    path("<int:pk>/promises/add/", promising.add, name="add_promise"),
    path("promises/<int:pk>/", promising.mend, name="promise"),
    path("promises/<int:pk>/review/", promising.review, name="review_promise"),
    path("promises/<int:pk>/keep/", promising.keep, name="keep"),
    path("promises/<int:pk>/suspend/", promising.suspend, name="suspend"),
    path("promises/<int:pk>/out/", promising.take_out, name="take_out"),
]
