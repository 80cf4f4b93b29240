import os
import signal
import socket
import urllib.request

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.site import running_site, still_running

pytestmark = [pytest.mark.slow, pytest.mark.real_time, pytest.mark.django_db(transaction=True)]
WORKERS = {" worker ": "L’ouvrier", " beat ": "L’horloge"} if settings.REDIS_URL else {" work ": "L’ouvrier"}
"""The programs that do the background work: a word of their command, and their name."""


def pid_of(word: str, family: dict[int, str]) -> int:
    """The first of the programs whose command has this word: the others are its children."""
    return min(pid for pid, command in family.items() if word in command)


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGINT,
        pytest.param(signal.SIGTERM, marks=pytest.mark.exhaustive),
        pytest.param(signal.SIGHUP, marks=pytest.mark.exhaustive),
    ],
)
def test_asking_it_to_stop_leaves_no_program_behind(tmp_path, monkeypatch, number):
    monkeypatch.setenv("COLUMNS", "40")  # a narrow terminal cuts what ps prints, not what we read
    with running_site(tmp_path) as site:
        health = urllib.request.urlopen(f"{site.url}/sante/").read()
        family = site.descendants()

        code = site.stop(number)

        assert b'"ok"' in health
        assert pid_of("gunicorn", family)
        assert all(pid_of(word, family) for word in WORKERS)
        assert code == 0
        assert still_running(family) == []


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("gunicorn", "Le serveur web"),
        *(pytest.param(*row, marks=pytest.mark.exhaustive) for row in WORKERS.items()),
    ],
)
def test_when_one_program_dies_the_others_are_stopped_and_the_reason_said(tmp_path, word, name):
    with running_site(tmp_path) as site:
        family = site.descendants()

        os.kill(pid_of(word, family), signal.SIGKILL)
        code = site.process.wait(40)

        assert code == 1
        assert f"{name} s’est arrêté tout seul (code -9)" in site.log.read_text()
        assert still_running(family) == []


def test_a_taken_port_is_refused_in_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"Le port {port} est déjà pris par un autre programme"):
            call_command("start", port=port)


@pytest.mark.parametrize("port", ["0", "65536", "huit mille", "-1", ""])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match="n’est pas un port"):
        call_command("start", f"--port={port}")
