"""Twenty phones full of entries, a network that fails, a server killed three times: nothing lost, nothing doubled.

1 000 entries (sessions, signatures, evaluations) leave through real HTTP for a real server. Requests are cut before
they leave, within their body, or before the answer is read; each is sent twice; the server is killed (SIGKILL) and
started again meanwhile. At the end the rows are compared with what was made, the current levels, counts and hours
with a recount, the journal with its chain, and the receipts of the site with those of the phones.

`--phones`, `--entries`, `--kills` and `--seed` change the size and the random choices; `--migrated` starts from a
copy of a migrated SQLite file; BENCH_DATABASE_URL names an empty database to use instead.
"""

import argparse
import random
import secrets
import shutil
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from benchmarks.harness.environment import FOLDER, SQLITE, environment, start_django

start_django(environment())

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from benchmarks.harness.figures import Figure, report  # noqa: E402
from benchmarks.harness.servers import GUNICORN, Server  # noqa: E402
from benchmarks.offline_phones.builders import build, entries_of, session_cookie  # noqa: E402
from benchmarks.offline_phones.phone import Phone  # noqa: E402
from core.services.journal import broken_links  # noqa: E402
from evaluations.models import Evaluation  # noqa: E402
from evaluations.services.evaluations.levels import wrong_levels, wrong_tallies  # noqa: E402
from trainees.models import Attendance, Signature, TrainingSession  # noqa: E402
from trainees.services.hours.counters import differences  # noqa: E402

LONGEST = 180
SERVER = (*GUNICORN, "--workers", "2", "--threads", "4", "--preload", "cqp.config.wsgi:application")
KINDS = {"evaluation": Evaluation, "session": TrainingSession, "signature": Signature}


def main() -> int:
    options = read_options()
    if options.migrated and connection.vendor == "sqlite":
        shutil.copyfile(options.migrated, SQLITE)
    call_command("migrate", verbosity=0)
    print(f"seed {options.seed}, {connection.vendor}")
    server = Server(*SERVER, log=FOLDER / "server.log")
    phones = make_phones(options, server.port)
    connections.close_all()
    server.start()
    started = time.monotonic()
    try:
        kills = send_everything(phones, server, options, started)
        took = time.monotonic() - started
    finally:
        server.kill()
    return report(*check(phones, kills, options, took))


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


def check(phones: list[Phone], kills: int, options: argparse.Namespace, took: float) -> list[Figure]:
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
    return [
        Figure("entries made", len(made), "≥", options.entries),
        Figure("server killed", kills, "≥", options.kills),
        Figure("entries lost", len(made.keys() - stored), "=", 0),
        Figure("rows doubled or too many", rows - len(made) - presences, "=", 0),
        Figure("entries refused", sum(len(phone.refused) for phone in phones), "=", 0),
        Figure("receipts that agree", agreed, "≥", options.phones),
        Figure("levels, counts or hours that a recount contradicts", wrong, "=", 0),
        Figure("broken links of the journal", len(list(broken_links())), "=", 0),
        Figure("seconds", round(took, 1), "≤", LONGEST),
    ]


if __name__ == "__main__":
    sys.exit(main())
