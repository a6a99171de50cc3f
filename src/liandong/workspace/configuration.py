"""`liandong.toml`: what makes a folder a workspace."""

from __future__ import annotations

import os
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

import tomli_w

from liandong.errors import InputError, Text
from liandong.workspace.policies import Role

FILE = "liandong.toml"
ENGINES = ("duckdb", "spark")


@dataclass(frozen=True, slots=True)
class Configuration:
    """city: the city the workspace works for. engine: what runs registry queries. database: address of the
    store, None for SQLite in the folder. second_factor: roles that must sign in with one too."""

    city: str | None = None
    engine: str = "duckdb"
    database: str | None = None
    second_factor: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            known = ", ".join(ENGINES)
            raise InputError(
                Text(
                    f"没有“{self.engine}”这种引擎。可用:{known}。",
                    f'"{self.engine}" is not an engine. Known: {known}.',
                ),
                file=FILE,
                field="engine",
            )
        unknown = [each for each in self.second_factor if each not in tuple(Role)]
        if unknown:
            known = ", ".join(Role)
            raise InputError(
                Text(
                    f"没有“{unknown[0]}”这种角色。可用:{known}。",
                    f'"{unknown[0]}" is not a role. Known: {known}.',
                ),
                file=FILE,
                field="second_factor",
            )


def is_workspace(folder: Path) -> bool:
    """Whether the folder holds a workspace."""
    return (folder / FILE).is_file()


def load(folder: Path) -> Configuration:
    """Read the folder's configuration. Raises InputError if there is none or it cannot be read."""
    path = folder / FILE
    if not path.is_file():
        raise InputError(
            Text(
                "这里不是工作区(没有 liandong.toml)。先运行:liandong init 文件夹",
                "This is not a workspace (no liandong.toml). First run: liandong init DIR",
            ),
            file=str(folder),
        )
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Text(f"不是 TOML:{error}", f"Not TOML: {error}"), file=str(path)) from error
    unknown = sorted(set(data) - set(Configuration.__dataclass_fields__))
    if unknown:
        raise InputError(
            Text("没有这个设置。", "There is no such setting."), file=str(path), field=", ".join(unknown)
        )
    roles = data.pop("second_factor", [])
    return Configuration(**data, second_factor=tuple(map(str, roles if isinstance(roles, list) else [roles])))


def save(folder: Path, configuration: Configuration) -> None:
    """Write the configuration; readers see the old or the new one, never half."""
    known = {name: value for name, value in asdict(configuration).items() if value not in (None, ())}
    write_atomically(folder / FILE, tomli_w.dumps(known).encode())


def write_atomically(path: Path, data: bytes) -> None:
    """Put the bytes at the path in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
