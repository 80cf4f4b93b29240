"""Workers as real processes, killed by SIGKILL and started again: Celery's where there is Redis, ours otherwise."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.conf import settings

CELERY = ("-m", "celery", "--app", "cqp")
WORKER = (*CELERY, *"worker --concurrency 1 --loglevel ERROR --without-gossip --without-mingle".split())
BEAT = (*CELERY, *"beat --loglevel ERROR --pidfile".split(), "")
WHOLE_WORKER = 0.25
"""How often the whole worker is killed, rather than the process that it gives its tasks to."""


class Workers:
    """Some workers of one process each, and beat when it is asked for and not part of them."""

    def __init__(
        self,
        count: int,
        environment: Mapping[str, str],
        log: Path,
        *,
        beat: bool = False,
        program: Sequence[str] = ("manage.py",),
        options: Sequence[str] = (),
    ) -> None:
        self.environment = os.environ | environment | {"PYTHONWARNINGS": "ignore"}
        self.log = log
        if self.environment.get("REDIS_URL"):
            self.commands = [(*WORKER, *options, "-n", f"worker{rank}@localhost") for rank in range(count)]
            self.commands += [BEAT] if beat else []
        else:
            self.commands = [(*program, "work", "--concurrency", "1", *options)] * count
        self.processes = [self._start(command) for command in self.commands]
        self.kills = 0

    def _start(self, command: Sequence[str]) -> subprocess.Popen:
        with self.log.open("a") as output:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill_one(self, chance: random.Random) -> None:
        """SIGKILL to one of them, or to beat; another is started at once, as its supervisor would."""
        rank = chance.randrange(len(self.processes))
        process = self.processes[rank]
        children = list(self.children(process))
        if children and chance.random() > WHOLE_WORKER:
            os.kill(chance.choice(children), signal.SIGKILL)
        else:
            _kill_whole(process)
            self.processes[rank] = self._start(self.commands[rank])
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
