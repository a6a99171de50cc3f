"""Addresses of targets."""

from __future__ import annotations

from django.urls import path

from liandong.office.targets import deciding, views

app_name = "targets"
urlpatterns = [
    path("", views.index, name="index"),
    path("mine/", views.mine, name="mine"),
    path("<name:chain>/", views.chain, name="chain"),
    path("<name:chain>/weights/", views.weights, name="weights"),
    path("<name:chain>/<str:firm_id>/", views.target, name="target"),
    path("<name:chain>/<str:firm_id>/decide/", deciding.decide, name="decide"),
]
