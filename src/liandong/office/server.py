"""`liandong serve`: the web server with its worker beside it, in one process group, until it is stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from waitress.server import create_server

from liandong.errors import InputError, Language, Text
from liandong.workspace.memory import few_arenas

THREADS = 6
CANCEL_AFTER = 8.0
"""Seconds that a job has to stop by itself once somebody asked; then its worker is ended."""
RESTART_AFTER = 1.0


def serve(folder: Path, host: str, port: int) -> None:
    """Open the workspace's office on host:port; returns when it is stopped (Ctrl-C, SIGTERM).

    Raises InputError if the port is taken.
    """
    few_arenas()
    os.environ["LIANDONG_WORKSPACE"] = str(folder)
    os.environ.setdefault("LIANDONG_HOST", _own_name(host))
    from liandong.office.wsgi import application  # opens the workspace

    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=THREADS,
            ident="liandong",
            clear_untrusted_proxy_headers=False,
        )
    except OSError as error:
        raise InputError(
            Text(
                f"端口 {port} 不能使用({error.strerror})。请用 --port 换一个。",
                f"Port {port} cannot be used ({error.strerror}). Choose another with --port.",
            ),
            field="--port",
        ) from error
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(folder, stopping), daemon=True)
    keeper.start()
    signal.signal(signal.SIGTERM, _stop)
    sys.stderr.write(f"http://{host}:{server.effective_port}/\n")
    sys.stderr.flush()
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        stopping.set()
        keeper.join(timeout=15)
        server.close()


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _own_name(host: str) -> str:
    return socket.gethostname() if host in ("0.0.0.0", "::") else host


def _keep_worker(folder: Path, stopping: threading.Event) -> None:
    """Keep one worker alive; when it dies, what it did is interrupted; end it when a job will not stop."""
    from liandong.office.worker import name
    from liandong.workspace import jobs

    jobs.interrupt_stale()
    while not stopping.is_set():
        command = [sys.executable, "-m", "liandong.office.worker", str(folder), str(os.getpid())]
        worker = subprocess.Popen(command)
        me = name(worker.pid)
        stubborn: float | None = None
        while worker.poll() is None and not stopping.wait(0.5):
            if not jobs.is_cancelling(me):
                stubborn = None
            elif stubborn is None:
                stubborn = time.monotonic()
            elif time.monotonic() - stubborn > CANCEL_AFTER:
                worker.kill()
        if worker.poll() is None:
            worker.terminate()
            try:
                worker.wait(timeout=5)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        jobs.interrupt(me)
        stopping.wait(RESTART_AFTER)


if __name__ == "__main__":
    try:
        serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    except InputError as error:
        tongue: Language = "en" if os.environ.get("LIANDONG_LANG", "zh").startswith("en") else "zh"
        sys.exit(error.text(tongue))
