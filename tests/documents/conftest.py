"""Pages of the shared packs."""

import json
from hashlib import sha256
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def pages(shared) -> Path:
    return shared / "data" / "pages"


@pytest.fixture(scope="session")
def labelled(pages) -> dict[str, dict]:
    """id → labelled page, the dev pages and the page of Xuchang."""
    found = {}
    for path in [*sorted((pages / "dev").glob("*.json")), pages / "xuchang-2025-06-19.json"]:
        page = json.loads(path.read_text("utf-8"))
        if not isinstance(page["text"], str):
            page["text"] = path.with_suffix(".txt").read_bytes().decode()
        found[page["id"]] = page
    return found


def held_out(identifier: str) -> bool:
    """The third of the dev pages that was never tuned on."""
    return int(sha256(identifier.encode()).hexdigest(), 16) % 3 == 0
