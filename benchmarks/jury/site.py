"""The site as `manage.py start` runs it: one gunicorn of eight threads, and its Celery worker."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


class Site:
    def __init__(self, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = log
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Site":
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start", "--port", str(self.port)],
                cwd=ROOT,
                env=os.environ,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/sante/")
                connection.getresponse().read()
                return self
            time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(f"The site does not start:\n{self.log.read_text()}")

    def __exit__(self, *reason) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
