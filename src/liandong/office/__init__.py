"""The office: where officers, leaders and park managers work on one city's material together.

    browser ── page, fragment ──▶ views of a subject ──▶ workspace (queries, rules, records)
    program ── JSON, token ─────▶ REST of a subject ───┘        │
                                                          jobs ─┴─▶ worker ──▶ the engine

One package a subject (`library`, `chains`, `firms` …) with its views, forms, templates and REST, all thin;
`shell` has what they share: who may do what, tables, figures with their evidence, language. Nothing is loaded
from elsewhere: styles, scripts and charts come with the installation.
"""
