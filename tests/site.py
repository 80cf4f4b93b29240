"""The whole site as `manage.py start` runs it, on the database of the test, with a real worker."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from certificates.documents.credentials.keys import new_certificate_key, new_proof_key


@dataclass
class Site:
    url: str
    process: subprocess.Popen
    log: Path
    environment: dict[str, str]

    def stop(self, number: int = signal.SIGINT, within: float = 30) -> int:
        """Ask it to stop and wait; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(within)

    def descendants(self) -> dict[int, str]:
        return descendants(self.process.pid)


def descendants(ancestor: int) -> dict[int, str]:
    """The programs that it started, and those that they started: process id and command."""
    # ww: whole commands, where the environment of the test names the width of a terminal (COLUMNS)
    listing = subprocess.run(
        ["ps", "-axww", "-o", "pid=,ppid=,command="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listing.stdout.splitlines()]
    family: dict[int, str] = {}
    while found := {
        int(pid): command
        for pid, parent, command in rows
        if int(parent) in {ancestor, *family} and int(pid) not in family
    }:
        family |= found
    return family


def still_running(family: dict[int, str]) -> list[str]:
    """Of these programs, those that run: not those that ended and that nobody has asked after (Z)."""
    listing = subprocess.run(["ps", "-axo", "pid=,stat="], capture_output=True, text=True, check=True)
    alive = {int(pid) for pid, state in map(str.split, listing.stdout.splitlines()) if state[0] != "Z"}
    return [command for pid, command in family.items() if pid in alive]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The database of this test process, as the programs that it starts must be told it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def certifier_keys(folder: Path) -> dict[str, str]:
    """Keys such as the certifier installs, under `folder`, and the settings that name them."""
    signing, proving = folder / "signing.p12", folder / "proving.pem"
    bounds = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
    signing.write_bytes(new_certificate_key(name="Certificateur d’essai", secret="essai", bounds=bounds))
    proving.write_bytes(new_proof_key())
    return {
        "CERTIFICATE_KEY": str(signing),
        "CERTIFICATE_KEY_SECRET": "essai",
        "PROOF_KEY": str(proving),
    }


@contextmanager
def running_site(folder: Path, *, port: int | None = None, within: float = 60) -> Iterator[Site]:
    """The site, its files under `folder`, once it answers. The test needs `transactional_db`."""
    port = port or free_port()
    url = f"http://localhost:{port}"
    log = folder / "site.log"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cqp.config.settings",  # the site's own, and not those of the tests
        "VAR_DIR": str(folder),
        "DATABASE_URL": database_url(),
        "SITE_URL": url,
        **certifier_keys(folder),
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(url + "/sante/", process, log, time.monotonic() + within)
        yield Site(url=url, process=process, log=log, environment=environment)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


def wait_for(url: str, process: subprocess.Popen, log: Path, deadline: float) -> None:
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer; the site said:\n{log.read_text()}")
