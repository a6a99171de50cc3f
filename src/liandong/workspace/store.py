"""Opening the relational store: SQLite in the workspace's folder, or PostgreSQL where the user names one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from liandong.errors import InputError, Text

DATABASE_VARIABLE = "LIANDONG_DATABASE_URL"

_SQLITE_OPTIONS = {
    # A writer takes its lock when it begins: two writers wait for each other instead of failing midway.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def setup() -> None:
    """Make the models importable. Idempotent; the office calls it with its own settings already named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liandong.workspace.settings")
    if os.environ["DJANGO_SETTINGS_MODULE"] == "liandong.workspace.settings":
        # A notebook runs an event loop in its thread; the store is used synchronously there all the same.
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    django.setup()


def database_url(folder: Path, configured: str | None) -> str:
    """The environment's database, else the workspace's configured one, else SQLite in the folder."""
    return os.environ.get(DATABASE_VARIABLE) or configured or f"sqlite:///{folder / 'store.sqlite3'}"


def open_store(url: str) -> None:
    """Point the process at the database of `url` and bring its tables up to date.

    One database is open at a time. Raises InputError if it cannot be reached or was made by a newer version.
    """
    setup()
    connections["default"].close()
    connections.databases["default"] = connections.configure_settings({"default": parse(url)})["default"]
    del connections["default"]
    try:
        executor = MigrationExecutor(connections["default"])
        unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
        if any(app == "workspace" for app, _ in unknown):
            raise InputError(
                Text(
                    "这个工作区由更新版本的链动建立,请升级后再打开。",
                    "This workspace was made by a newer Liandong; upgrade before opening it.",
                ),
                file=url,
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise InputError(
            Text(f"打不开数据库:{error}", f"The database cannot be opened: {error}"),
            file=_without_password(url),
        ) from error


def close_store() -> None:
    """Let go of the database, so that its files can be moved or deleted."""
    connections["default"].close()


def parse(url: str) -> dict[str, Any]:
    """Django's settings for the database of an address. Raises InputError for what is none."""
    import dj_database_url

    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        raise InputError(
            Text(f"数据库地址不对:{error}", f"Not a database address: {error}"), file=DATABASE_VARIABLE
        ) from error
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **_SQLITE_OPTIONS}
    return settings


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, _, account = head.partition("://")
    return f"{scheme}://{account.partition(':')[0]}@{tail}"
