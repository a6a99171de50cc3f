from typing import Any

from django.db import migrations, models

from liandong.workspace import grams


def fill(apps: Any, schema_editor: Any) -> None:
    """Make the full-text index of the library and enter what is kept."""
    db = schema_editor.connection
    with db.cursor() as cursor:
        grams.create(cursor, db.vendor)
    pages = apps.get_model("workspace", "PageRecord").objects.using(db.alias).order_by()
    facts = apps.get_model("workspace", "FactRecord").objects.using(db.alias).order_by()
    columns = pages.values_list("sha256", "title", "raw")
    grams.add(grams.PAGES, ((key, f"{title or ''} {raw}") for key, title, raw in columns.iterator()), db)
    columns = facts.values_list("id", "subject", "indicator", "quote")
    grams.add(grams.FACTS, ((key, " ".join(rest)) for key, *rest in columns.iterator()), db)


def empty(apps: Any, schema_editor: Any) -> None:
    """Take the index away."""
    with schema_editor.connection.cursor() as cursor:
        grams.drop(cursor)


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0006_parks'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='factrecord',
            index=models.Index(fields=['verdict', 'page', 'start', 'end', 'id'], name='facts_by_state'),
        ),
        migrations.AddIndex(
            model_name='factrecord',
            index=models.Index(fields=['kind', 'page', 'start', 'end', 'id'], name='facts_by_kind'),
        ),
        migrations.AddIndex(
            model_name='pagerecord',
            index=models.Index(fields=['region', 'sha256'], name='pages_by_region'),
        ),
        migrations.RunPython(fill, empty),
    ]
