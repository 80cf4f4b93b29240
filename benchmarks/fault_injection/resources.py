"""What the workers need and may lose: a disk that fills up, a broker that loses its messages."""

import errno
import subprocess
from contextlib import suppress
from pathlib import Path

import redis

MEGABYTE = 1 << 20


class Disk:
    """The private folder, made full for a while.

    `megabytes` mounts a file system of that size there, which the kernel then refuses to fill further
    (ENOSPC). Without it, or without the right to mount, the folder of the certificates is replaced
    by a file: every write fails too, for another reason.
    """

    def __init__(self, private: Path, *, megabytes: int = 0) -> None:
        self.private = private
        private.mkdir(parents=True, exist_ok=True)
        self.megabytes = megabytes if megabytes and _mount(private, megabytes) else 0
        self.folder = private / "certificates"
        self.away = private / "certificates.away"
        self.is_full = False

    def __str__(self) -> str:
        if self.megabytes:
            return f"a tmpfs of {self.megabytes} MB, filled to its last byte (ENOSPC)"
        return "no right to mount a small one, so that its folder becomes a file for a while"

    def fill(self) -> None:
        self.is_full = True
        if self.megabytes:
            with (self.private / "filler").open("wb", buffering=0) as filler, suppress(OSError):
                while filler.write(bytes(MEGABYTE)):
                    pass
            return
        self.folder.mkdir(exist_ok=True)
        self.folder.rename(self.away)
        self.folder.touch()

    def free(self) -> None:
        self.is_full = False
        if self.megabytes:
            (self.private / "filler").unlink()
            return
        self.folder.unlink()
        self.away.rename(self.folder)

    def restore(self) -> None:
        """As it was before: neither full nor mounted."""
        if self.is_full:
            self.free()
        if self.megabytes:
            subprocess.run(["umount", "--lazy", self.private], check=True)

    @property
    def refusal(self) -> str:
        """What the log of a worker says of a refused write."""
        return f"[Errno {errno.ENOSPC}]" if self.megabytes else f"'{self.folder}"


def _mount(folder: Path, megabytes: int) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", folder]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def empty_broker(redis_url: str) -> int:
    """Delete every message; returns how many there were."""
    with redis.Redis.from_url(redis_url) as server:
        count = server.llen("celery")
        server.flushdb()
    return count
