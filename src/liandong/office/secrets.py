"""The key that signs sessions: made once, kept in the workspace, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE = "office.key"


def key(folder: Path | None) -> str:
    """The workspace's key, made if there is none yet; without a folder one for this process."""
    if folder is None:
        return secrets.token_urlsafe(48)
    path = folder / FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
