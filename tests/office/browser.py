"""A real browser at a real server: what the browser complains of fails the test."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, sync_playwright
from pylopdf_fonts_zh_cn import __file__ as fonts

SERIOUS = ("serious", "critical")


@contextmanager
def served(folder: Path, log: Path) -> Iterator[str]:
    """`liandong serve` on a free port, as people start it; the address."""
    command = [sys.executable, "-m", "liandong", "serve", "-w", str(folder), "--port", "0"]
    environment = {**os.environ, "LIANDONG_DATABASE_URL": os.environ.get("LIANDONG_DATABASE_URL", "")}
    environment = {name: value for name, value in environment.items() if name != "DJANGO_SETTINGS_MODULE"}
    with log.open("w") as out, subprocess.Popen(command, stderr=out, stdout=out, env=environment) as server:
        try:
            yield _address(server, log)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    import time

    for _ in range(1800):
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())
        if found:
            return found[0].rstrip("/")
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@contextmanager
def browser(chromium: str, *, width: int = 1366, height: int = 768) -> Iterator[Page]:
    """A page of the system's Chromium; errors and violations of the policy in its console fail the test."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"], env=_fonts())
        page = running.new_context(viewport={"width": width, "height": height}).new_page()
        page.set_default_timeout(20_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        running.close()
    assert complaints == []


def _fonts() -> dict[str, str]:
    """Chinese glyphs for a machine that has none: the font of the charts, where a browser looks."""
    home = Path(os.environ.get("TMPDIR", "/tmp")) / f"liandong-fonts-{os.getuid()}"
    for font in Path(fonts).parent.rglob("*Sans*.[ot]tf"):
        target = home / "fonts" / font.name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(font, target)
    return {**os.environ, "XDG_DATA_HOME": str(home)}  # type: ignore[dict-item]


def axe(page: Page) -> list[str]:
    """Serious violations of accessibility on the page, each with what it is about."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found if each["impact"] in SERIOUS]
