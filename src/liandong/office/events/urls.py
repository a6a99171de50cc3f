"""Addresses of events."""

from __future__ import annotations

from django.urls import path

from liandong.office.events import day, planning, scheduling, views

app_name = "events"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.event, name="event"),
    path("<int:pk>/invitees/", planning.invitees, name="invitees"),
    path("<int:pk>/invitees/add/", planning.invite, name="invite"),
    path("<int:pk>/wishes/", planning.wishes, name="wishes"),
    path("<int:pk>/wishes/add/", planning.wish, name="wish"),
    path("<int:pk>/suggestions/", planning.suggestions, name="suggestions"),
    path("<int:pk>/suggestions/run/", planning.suggest, name="suggest"),
    path("<int:pk>/schedule/", scheduling.schedule, name="schedule"),
    path("<int:pk>/schedule/run/", scheduling.search, name="search"),
    path("<int:pk>/runs/<int:run>/", scheduling.run, name="run"),
    path("<int:pk>/runs/<int:run>/publish/", scheduling.publish, name="publish"),
    path("<int:pk>/versions/<int:number>/", scheduling.version, name="version"),
    path("<int:pk>/handbook/", scheduling.handbook, name="handbook"),
    path("<int:pk>/check-in/", day.check_in, name="check_in"),
    path("<int:pk>/signing/", day.signing, name="signing"),
    path("<int:pk>/signing/add/", day.sign, name="sign"),
    path("<int:pk>/follow-up/add/", day.task, name="task"),
    path("<int:pk>/follow-up/", day.follow_up, name="follow_up"),
    path("invitees/<int:pk>/agenda/", day.agenda, name="agenda"),
    path("invitees/<int:pk>/answer/", planning.answer, name="answer"),
    path("invitees/<int:pk>/presence/", day.presence, name="presence"),
    path("invitees/<int:pk>/stand-in/", day.stand_in, name="stand_in"),
    path("suggestions/<int:pk>/answer/", planning.answer_suggestion, name="answer_suggestion"),
    path("signing/<int:pk>/move/", day.move, name="move"),
    path("follow-up/<int:pk>/done/", day.done, name="done"),
]
