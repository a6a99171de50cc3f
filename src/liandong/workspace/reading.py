"""Pages in: what people send is kept as it came, read and mined for facts by a background job."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from typing import Any

from liandong.documents import read_bytes
from liandong.errors import InputError, Text
from liandong.facts import extract
from liandong.workspace import configuration, current, fetching, jobs, library
from liandong.workspace.jobs import Progress
from liandong.workspace.models import Job

MAX_BYTES = 20 * 1024 * 1024
ENDINGS = (".txt", ".html", ".htm", ".docx", ".pdf", ".xlsx", ".csv", ".tsv")
STEPS = 4
_KEEPING = threading.Lock()


def send(data: bytes, name: str, *, published: str | None = None, region: str | None = None) -> Job:
    """Keep the bytes of a page and queue its reading. Raises InputError for what cannot be a page."""
    if not name.lower().endswith(ENDINGS):
        known = " ".join(ENDINGS)
        raise InputError(
            Text(f"只能添加这些文件:{known}。", f"Only these files can be added: {known}."), file=name
        )
    if len(data) > MAX_BYTES:
        raise InputError(Text("文件超过 20 MB。", "The file has more than 20 MB."), file=name)
    if not data.strip():
        raise InputError(Text("文件是空的。", "The file is empty."), file=name)
    return _queue({"sha256": keep_original(data), "name": name}, published, region, name)


def send_text(text: str, *, published: str | None = None, region: str | None = None) -> Job:
    """The same for text that somebody pasted."""
    title = text.strip().splitlines()[0][:40] if text.strip() else ""
    return send(text.encode(), f"{title or 'text'}.txt", published=published, region=region)


def send_address(address: str, *, published: str | None = None, region: str | None = None) -> Job:
    """The same for a page on the web: it is fetched by the job. Raises InputError for a refused address."""
    fetching.check(address)
    return _queue({"address": address, "name": address}, published, region, address)


def keep_original(data: bytes) -> str:
    """Keep bytes under their sha256 in the workspace's `files/`; returns it."""
    name = hashlib.sha256(data).hexdigest()
    path = current.workspace().folder / "files" / name
    with _KEEPING:
        if not path.exists():
            configuration.write_atomically(path, data)
    return name


def original(sha256: str) -> bytes:
    """The bytes as they came. Raises InputError if they are not kept."""
    path = current.workspace().folder / "files" / sha256
    if not sha256.isalnum() or not path.is_file():
        raise InputError(Text("原件不在工作区中。", "The original is not in the workspace."), file=sha256)
    return path.read_bytes()


@jobs.task("library.read", Text("读取资料", "read a page"))
def read(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Read a page, extract its facts, keep both; a page that is here already stays as it is."""
    progress(0, STEPS)
    if "address" in params:
        data = fetching.fetch(params["address"])
        keep_original(data)
    else:
        data = original(params["sha256"])
    progress(1, STEPS)
    page = read_bytes(data, origin=params["name"], published=params["published"], region=params["region"])
    if not params["region"]:
        page = library.of_city(page, current.workspace().configuration.city)
    progress(2, STEPS)
    facts = extract(page)
    progress(3, STEPS)
    new = library.keep(page, facts)
    title = page.title or page.origin
    number = len(facts)
    return {
        "zh": f"《{title}》:{number} 条事实。" if new else f"《{title}》早已在资料库中,没有改动。",
        "en": f"{number} facts." if new else "The page was in the library before; nothing changed.",
        "address": f"/library/pages/{page.sha256}/",
        "page": page.sha256,
        "facts": number,
        "new": new,
    }


def _queue(params: dict[str, Any], published: str | None, region: str | None, subject: str) -> Job:
    settings = {"published": published or None, "region": region or None}
    return jobs.enqueue("library.read", {**params, **settings}, subject=subject[:200])
