"""Twenty phones full of entries, a network that fails, a server killed three times: nothing lost, nothing doubled.

1 000 entries (sessions, signatures, evaluations) leave through real HTTP for a real server. Requests are cut before
they leave, within their body, or before the answer is read; each is sent twice; the server is killed (SIGKILL) and
started again in the midst. At the end the rows are compared with what was made, the current levels, counts and hours
with a recount, the journal with its chain, and the receipts of the site with those of the phones.

`--phones`, `--entries`, `--kills` and `--seed` change the size and the luck; `--migrated` starts from a copy of a
migrated SQLite file; BENCH_DATABASE_URL names an empty database to use instead.
"""

import argparse
import os
import random
import secrets
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="cqp-bench-", ignore_cleanup_errors=True)
SQLITE = Path(FOLDER.name, "bench.sqlite3")
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "cqp.settings",
    "VAR_DIR": FOLDER.name,
    "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{SQLITE}",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "HTTPS": "0",
    "LOG_LEVEL": "CRITICAL",
}
os.environ.pop("REDIS_URL", None)

Path(FOLDER.name, "static").mkdir()

import django  # noqa: E402 - the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from accounts.services.journal import broken_links  # noqa: E402
from benchmarks.crew.phone import Phone  # noqa: E402
from benchmarks.crew.server import Server  # noqa: E402
from benchmarks.crew.world import build, entries_of, session_cookie  # noqa: E402
from evaluations.models import Evaluation  # noqa: E402
from evaluations.services.evaluations.levels import wrong_levels, wrong_tallies  # noqa: E402
from trainees.models import Attendance, Signature, TrainingSession  # noqa: E402
from trainees.services.hours import differences  # noqa: E402

LONGEST = 180
KINDS = {"evaluation": Evaluation, "session": TrainingSession, "signature": Signature}


def main() -> int:
    options = read_options()
    if options.migrated and connection.vendor == "sqlite":
        shutil.copyfile(options.migrated, SQLITE)
    call_command("migrate", verbosity=0)
    print(f"seed {options.seed}, {connection.vendor}")
    server = Server(Path(FOLDER.name, "server.log"))
    phones = make_phones(options, server.port)
    connections.close_all()
    server.start()
    started = time.monotonic()
    try:
        kills = send_everything(phones, server, options, started)
        took = time.monotonic() - started
    finally:
        server.kill()
    return 1 if judge(phones, kills, options, took) else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--phones", type=int, default=20)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--migrated", type=Path)
    return parser.parse_args()


def make_phones(options: argparse.Namespace, port: int) -> list[Phone]:
    chance = random.Random(options.seed)
    phones = []
    for trainer in build(options.phones):
        entries = entries_of(trainer, options.entries // options.phones, chance)
        own = random.Random(chance.random())
        phones.append(Phone(str(trainer.pk), session_cookie(trainer), port, entries, own))
    return phones


def send_everything(phones: list[Phone], server: Server, options: argparse.Namespace, started: float) -> int:
    """Let all phones work, and kill the server each time another part of the entries is answered for."""
    workers = [threading.Thread(target=phone.work_until_confirmed, daemon=True) for phone in phones]
    for worker in workers:
        worker.start()
    kills, chance = 0, random.Random(options.seed)
    while any(worker.is_alive() for worker in workers) and time.monotonic() - started < LONGEST:
        answered = sum(len(phone.received) for phone in phones) / options.entries
        if kills < options.kills and answered > (kills + 1) / (options.kills + 2):
            time.sleep(chance.uniform(0, 0.1))
            server.kill()
            kills += 1
            time.sleep(chance.uniform(0.2, 1))
            server.start()
        time.sleep(0.01)
    return kills


def judge(phones: list[Phone], kills: int, options: argparse.Namespace, took: float) -> int:
    made = {pk: entry for phone in phones for pk, entry in phone.entries.items()}
    stored = {str(pk) for model in KINDS.values() for pk in model.objects.values_list("pk", flat=True)}
    presences = sum(len(entry.get("presences", ())) for entry in made.values())
    rows = sum(model.objects.count() for model in KINDS.values()) + Attendance.objects.count()
    tried = sum((phone.tried for phone in phones), Counter())
    for kind in KINDS:
        print(f"{kind}s made: {sum(entry['kind'] == kind for entry in made.values())}")
    print("tried:", ", ".join(f"{count} {what}" for what, count in tried.most_common()))
    for phone in phones:
        for sentence in set(phone.refused.values()):
            print(f"refused: {sentence}")
    agreed = sum(phone.confirmed for phone in phones)
    wrong = len(list(wrong_levels())) + len(wrong_tallies()) + len(list(differences()))
    short = [
        report("entries made", len(made), options.entries, at_least=True),
        report("server killed", kills, options.kills, at_least=True),
        report("entries lost", len(made.keys() - stored), 0),
        report("rows doubled or too many", rows - len(made) - presences, 0),
        report("entries refused", sum(len(phone.refused) for phone in phones), 0),
        report("receipts that agree", agreed, options.phones, at_least=True),
        report("levels, counts or hours that a recount contradicts", wrong, 0),
        report("broken links of the journal", len(list(broken_links())), 0),
        report("seconds", round(took, 1), LONGEST),
    ]
    return sum(short)


def report(figure: str, value: float, goal: float, *, at_least: bool = False) -> bool:
    missed = value < goal if at_least else value > goal
    print(f"{figure}: {value} (goal: {'≥' if at_least else '≤'} {goal}) {'SHORT' if missed else 'ok'}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
