"""Celery workers as real processes, killed without a word and started again."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.crew.server import ROOT

WORKER = "worker --concurrency 1 --loglevel ERROR --without-gossip --without-mingle"
WHOLE_WORKER = 0.25
"""How often the whole worker is killed, rather than the process that it gives its tasks to."""


class Workers:
    """Some workers of one process each, the first with beat when `beat` is asked for."""

    def __init__(
        self,
        count: int,
        environment: Mapping[str, str],
        log: Path,
        *,
        beat: bool = False,
        application: str = "cqp",
        options: Sequence[str] = (),
    ) -> None:
        self.environment = os.environ | environment | {"PYTHONWARNINGS": "ignore"}
        self.log = log
        self.beat = beat
        self.command = ["--app", application, *WORKER.split(), *options]
        self.processes: list[subprocess.Popen] = []
        for rank in range(count):
            self.processes.append(self._start(rank))
        self.kills = 0

    def _start(self, rank: int) -> subprocess.Popen:
        options = [*self.command, "--hostname", f"worker{rank}@localhost"]
        if self.beat and rank == 0:
            options.append("--beat")
        with self.log.open("a") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "celery", *options],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill_one(self, chance: random.Random) -> None:
        """SIGKILL to one of them in the midst of its work; whoever supervises it starts another at once."""
        rank = chance.randrange(len(self.processes))
        process = self.processes[rank]
        children = list(self.children(process))
        if children and chance.random() > WHOLE_WORKER:
            os.kill(chance.choice(children), signal.SIGKILL)
        else:
            _kill_whole(process)
            self.processes[rank] = self._start(rank)
        self.kills += 1

    def children(self, process: subprocess.Popen) -> Iterator[int]:
        """The processes that one worker gives its tasks to."""
        listing = subprocess.run(
            ["ps", "-axo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
        )
        for pid, ppid, state in map(str.split, listing.stdout.splitlines()):
            if int(ppid) == process.pid and not state.startswith("Z"):
                yield int(pid)

    def stop(self) -> None:
        """All of them, and for good; to ask twice is harmless."""
        while self.processes:
            _kill_whole(self.processes.pop())


def _kill_whole(process: subprocess.Popen) -> None:
    """The worker and all that it started, which are a group of their own."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
