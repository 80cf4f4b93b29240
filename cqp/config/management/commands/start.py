import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cqp.demo import people
from cqp.demo.preparation import build_lock, is_wanted, preparation

GRACE = 20
"""Seconds that a child has to finish what it is doing before it is killed."""

CHILD_ENVIRONMENT = {
    "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",  # without it macOS kills a forked process that draws text
    "PYTHONWARNINGS": "ignore:You're running the worker",  # as root: `make run` in a container is
    "PYTHONUNBUFFERED": "1",
}

BUSY = (
    "Le port {port} est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre port, "
    "par exemple PORT={other}."
)
FORBIDDEN = "Le port {port} demande les droits d’administrateur : choisissez-en un au-dessus de 1023."
IMPOSSIBLE = "Impossible d’écouter sur {host}:{port} : {reason}."
DIED = (
    "{name} s’est arrêté tout seul (code {code}) : le reste a été arrêté aussi. "
    "Les lignes au-dessus disent pourquoi."
)
UNFINISHED = (
    "La démonstration s’est arrêtée avant la fin (code {code}). Le site reste ouvert ; pour la reprendre du "
    "début : make demo"
)


def port_number(text: str) -> int:
    """A TCP port, 1 to 65535."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un port : donnez un nombre de 1 à 65535.")
    return int(text)


def refuse_taken_port(host: str, port: int) -> None:
    """Say in one sentence what gunicorn would say in a traceback, repeated."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sentence = {errno.EADDRINUSE: BUSY, errno.EACCES: FORBIDDEN}.get(error.errno or 0, IMPOSSIBLE)
            raise CommandError(
                sentence.format(host=host, port=port, other=port + 1, reason=error.strerror)
            ) from error


def answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    with closing(connection), suppress(OSError, HTTPException):
        connection.request("GET", "/sante/")
        return bool(connection.getresponse().status)
    return False


class Child:
    """A program that makes part of the site, in a session of its own so that Ctrl-C reaches us alone."""

    def __init__(self, name: str, *arguments: str, keeps: tuple[int, ...] = ()) -> None:
        self.name = name
        self.process = subprocess.Popen(  # noqa: S603 - our own Python and our own arguments
            [sys.executable, "-m", *arguments],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=keeps,
            env=os.environ | CHILD_ENVIRONMENT,
        )

    def ask_to_stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()

    def is_gone_by(self, deadline: float) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
            return True
        return False

    def kill_what_is_left(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Command(BaseCommand):
    help = "Démarre le site et son ouvrier au premier plan. Ctrl-C arrête tout."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=port_number, default=os.environ.get("PORT", "8000"))
        parser.add_argument("--threads", type=int, default=8, help="Requêtes traitées à la fois")
        parser.add_argument("--concurrency", type=int, default=2, help="Tâches traitées à la fois")

    def handle(self, *, host: str, port: int, threads: int, concurrency: int, **options: Any) -> None:
        refuse_taken_port(host, port)
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing one
        self.stop_requests, self.announced = 0, False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.request_stop)
        children, builder = [], None
        try:
            builder = self.builder()
            children.append(self.web_server(host, port, threads))
            ended = self.watch(children, host, port, builder=builder) if builder else None
            if not ended and not self.stop_requests:
                # Not before: a worker would slow the building down, and render files for rows about to be erased.
                children += self.workers(concurrency)
                ended = self.watch(children, host, port)
        finally:
            self.stop([*children, builder] if builder else children)
        if ended:
            raise CommandError(DIED.format(name=ended.name, code=ended.process.returncode))
        self.stdout.write("Tout est arrêté.")

    def request_stop(self, number: int, frame: FrameType | None) -> None:
        self.stop_requests += 1

    def web_server(self, host: str, port: int, threads: int) -> Child:
        bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        return Child(
            "Le serveur web",
            *("gunicorn", "cqp.config.wsgi:application", "--bind", bind, "--threads", str(threads)),
            *("--graceful-timeout", str(GRACE // 2), "--log-level", "warning", "--no-control-socket"),
        )

    def workers(self, concurrency: int) -> list[Child]:
        if not settings.REDIS_URL:
            return [Child("L’ouvrier", "django", "work", "--concurrency", str(concurrency))]
        # Gossip, mingle and heartbeat let several workers talk to each other: there is one here.
        worker = Child(
            "L’ouvrier",
            *("celery", "--app", "cqp", "--quiet", "worker", "--concurrency", str(concurrency)),
            *("--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"),
        )
        # Inside the worker, beat would be a process whose death nobody sees.
        beat = Child(
            "L’horloge",
            *("celery", "--app", "cqp", "--quiet", "beat", "--loglevel", "WARNING", "--pidfile", ""),
        )
        return [worker, beat]

    def builder(self) -> Child | None:
        """The program that builds the demonstration, where one is wanted and nobody is building it already.

        It gets the file locked before the web server starts: the first page then knows that it is being built.
        """
        with closing(connection):
            if not settings.DEMO or not is_wanted():
                return None
        with build_lock(wait=False) as build:
            if build is None:
                return None
            lock = build.file.fileno()
            arguments = ("django", "demo", "--if-empty", "--lock", str(lock))
            return Child("La démonstration", *arguments, keeps=(lock,))

    def watch(
        self, children: list[Child], host: str, port: int, *, builder: Child | None = None
    ) -> Child | None:
        """Wait until somebody asks to stop, or a child ends by itself: that child. Or for the end of `builder`."""
        while not self.stop_requests:
            for child in children:
                if child.process.poll() is not None:
                    return child
            if not self.announced and answers(host, port):
                self.announced = True
                self.announce(host, port)
            if builder and builder.process.poll() is not None:
                self.tell_end(builder.process.returncode)
                return None
            time.sleep(0.2)
        return None

    def announce(self, host: str, port: int) -> None:
        name = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104 - read, not bound
        self.stdout.write(f"\n  Le site est prêt : http://{name}:{port}/\n")
        if settings.DEMO:
            self.present_accounts()
        self.stdout.write("\n  Ctrl-C arrête tout ; les données restent.\n")
        self.stdout.flush()

    def present_accounts(self) -> None:
        with closing(connection):
            unfinished = preparation()
        if unfinished:
            self.stdout.write("\n  La démonstration se construit : la page d’accueil dit où elle en est.")
            return
        self.stdout.write(f"\n  Comptes de démonstration, mot de passe « {people.PASSWORD} » :")
        for account in people.ACCOUNTS:
            self.stdout.write(f"    {account.email:<27} {account.role}")

    def tell_end(self, code: int) -> None:
        """How the building of the demonstration ended; a failure has printed its own reason."""
        if code:
            self.stderr.write(UNFINISHED.format(code=code))
        elif self.announced:
            self.present_accounts()
        self.stdout.flush()

    def stop(self, children: list[Child]) -> None:
        """Ask every child to finish, then kill what is still there after GRACE, or at a second Ctrl-C."""
        asked_before, deadline = self.stop_requests, time.monotonic() + GRACE
        for child in children:
            child.ask_to_stop()
        while time.monotonic() < deadline and self.stop_requests <= max(asked_before, 1):
            if all(child.is_gone_by(time.monotonic() + 0.1) for child in children):
                break
        for child in children:
            child.kill_what_is_left()
