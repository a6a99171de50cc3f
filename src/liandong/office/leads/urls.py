"""Addresses of leads."""

from __future__ import annotations

from django.urls import path

from liandong.office.leads import filing, trips, views

app_name = "leads"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("from/<name:chain>/<str:firm_id>/", views.from_target, name="from_target"),
    path("<int:pk>/", views.lead, name="lead"),
    path("<int:pk>/clock/", views.clock, name="clock"),
    path("<int:pk>/drop/", views.drop, name="drop"),
    path("<int:pk>/note/", views.note, name="note"),
    path("<int:pk>/project/", views.to_project, name="to_project"),
    path("<int:pk>/file/", filing.file, name="file"),
    path("filings/", filing.filings_list, name="filings"),
    path("filings/<int:pk>/contact/", filing.contact, name="contact"),
    path("filings/<int:pk>/release/", filing.release, name="release"),
    path("disputes/", filing.disputes, name="disputes"),
    path("disputes/<int:pk>/reply/", filing.reply, name="reply"),
    path("disputes/<int:pk>/rule/", filing.rule, name="rule"),
    path("trips/", trips.trips, name="trips"),
    path("trips/<int:pk>/outcome/", trips.outcome, name="outcome"),
]
