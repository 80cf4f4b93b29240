"""The site as a real process on loopback, that can be killed and started again at the same address."""

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType

from benchmarks.harness.environment import ROOT
from tests.site import free_port

TIMEOUT = 60
SITE = ("manage.py", "start", "--port", "{port}")
"""As `manage.py start` runs it: one gunicorn of eight threads, its Celery worker and its clock."""

GUNICORN = ("-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--log-level", "critical", "--no-control-socket")


class Server:
    """A command of our Python that answers on `/sante/`; `{port}` in it becomes a free one. Its environment is ours."""

    def __init__(self, *command: str, log: Path) -> None:
        self.port = free_port()
        self.command = [sys.executable, *(word.format(port=self.port) for word in command)]
        self.log = log
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=os.environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + TIMEOUT
        while self.process.poll() is None and time.monotonic() < deadline:
            if self.answers():
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"The site does not start:\n{self.log.read_text()}")

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(connection), suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/sante/")
            return bool(connection.getresponse().status)
        return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def kill(self) -> None:
        """SIGKILL to the master and its workers at once: nothing is finished."""
        with suppress(ProcessLookupError):  # it ended by itself
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
