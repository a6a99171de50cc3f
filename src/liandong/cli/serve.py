"""`serve`, `backup`, `restore`: the office for many people, and its safety copy."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from liandong.cli.output import JsonOption, LangOption, WorkspaceOption, print_json, progress, say
from liandong.errors import InputError, Text
from liandong.workspace import configuration, safekeeping


def serve(
    workspace: WorkspaceOption = Path(),
    host: Annotated[str, typer.Option(help="监听地址 · address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 · port", min=0, max=65535)] = 8000,
    origin: Annotated[
        str | None,
        typer.Option(help="同事输入的网址,如 https://zs.example.cn · the address that people type"),
    ] = None,
    proxy: Annotated[
        bool, typer.Option("--proxy", help="前面有代理负责 TLS · a proxy in front ends TLS")
    ] = False,
    lang: LangOption = None,
) -> None:
    """打开办公网页 · Open the office in the browser."""
    folder = workspace.resolve()
    configuration.load(folder)  # says what is wrong before anything starts
    if origin:
        os.environ["LIANDONG_ORIGIN"] = origin
    if proxy:
        os.environ["LIANDONG_PROXY"] = "1"
    if find_spec("waitress") is None or find_spec("allauth") is None:
        raise InputError(
            Text(
                "办公网页的组件没有安装。请运行:pip install 'liandong[office]'",
                "The office's parts are not installed. Run: pip install 'liandong[office]'",
            )
        )
    # The commands have opened Django for the store alone; the office opens it with the web, in a new program.
    command = [sys.executable, "-m", "liandong.office.server", str(folder), host, str(port)]
    if os.name == "nt":
        raise typer.Exit(subprocess.call(command))
    os.execv(sys.executable, command)


def backup(
    target: Annotated[Path, typer.Argument(help="备份文件,如 backup.tar.gz · the file to write")],
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """备份整个工作区,使用中也可以 · Copy the whole workspace into one file, while it is in use."""
    with progress(Text("备份", "backing up")) as advance:
        size = safekeeping.backup(workspace.resolve(), target.resolve(), progress=advance)
    if as_json:
        print_json({"path": str(target), "bytes": size})
        return
    say(Text(f"已备份:{target}({size / 1e6:.1f} MB)", f"Backed up: {target} ({size / 1e6:.1f} MB)"))


def restore(
    source: Annotated[Path, typer.Argument(help="备份文件 · the file of `backup`")],
    folder: Annotated[Path, typer.Argument(help="空文件夹 · an empty folder")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """从备份恢复工作区 · Make the workspace of a backup."""
    safekeeping.restore(source.resolve(), folder.resolve())
    if as_json:
        print_json({"workspace": str(folder)})
        return
    say(Text(f"已恢复:{folder}", f"Restored: {folder}"))
