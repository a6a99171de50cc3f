"""The worker: takes jobs off the queue, one at a time, in a process of its own beside the web server.

`liandong serve` starts it and starts it again if it dies; what it was doing is then marked as interrupted. It
ends by itself when the server that started it is gone.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "liandong.office.settings"

from django.db import OperationalError, close_old_connections  # the settings must be named first

from liandong.workspace import Workspace

PAUSE = 0.5
BEAT = 10.0
LOG = logging.getLogger("liandong.worker")


def name(process: int) -> str:
    """A worker's name: this machine and the process."""
    return f"{socket.gethostname()}:{process}"


def main(folder: str, parent: int) -> None:
    """Work for as long as the server `parent` lives."""
    from liandong.workspace import jobs

    Workspace(folder)
    me = name(os.getpid())
    threading.Thread(target=_watch, args=(parent, me), daemon=True).start()
    while os.getppid() == parent:
        try:
            job = jobs.claim(me)
            if job is None:
                time.sleep(PAUSE)
                continue
            jobs.run(job)
        except OperationalError:  # the database is busy or away: try again
            close_old_connections()
            time.sleep(PAUSE)
        except Exception:
            LOG.exception("a job failed")


def _watch(parent: int, me: str) -> None:
    """Say that the worker lives, and end it when its server is gone, even in the middle of a job."""
    from liandong.workspace import jobs, leads

    last = 0.0
    while True:
        if os.getppid() != parent:
            os._exit(0)
        if time.monotonic() - last > BEAT:
            last = time.monotonic()
            try:
                jobs.beat(me)
                jobs.interrupt_stale()
                leads.remind()
            except OperationalError:
                close_old_connections()
        time.sleep(1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
