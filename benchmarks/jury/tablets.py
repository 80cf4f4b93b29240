"""What fifty jurors do: ask an empty page, save grids as they type, write one grid in two pages at once."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from benchmarks.jury.builders import Tablet

EMPTY_PAGE = "/aide/"
SLUGS = {"production": "epreuve", "interview": "entretien"}


@dataclass
class Ledger:
    """What was measured, and the grids that the site answered it had saved."""

    pages: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    answers: Counter = field(default_factory=Counter)
    saved: dict[tuple, tuple] = field(default_factory=dict)
    both_accepted: int = 0
    none_accepted: int = 0


class Juror:
    """One tablet and its connection to the site."""

    def __init__(self, tablet: Tablet, port: int, ledger: Ledger, chance: random.Random) -> None:
        self.tablet, self.port, self.ledger, self.chance = tablet, port, ledger, chance
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.page = str(uuid4())
        self.revisions: dict[tuple, int] = {}

    def ask(self, method: str, path: str, body: dict | None = None) -> tuple[int, bytes, float]:
        headers = {"Cookie": self.tablet.cookies, "Host": f"127.0.0.1:{self.port}"}
        sent = None
        if body is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.tablet.token}
            sent = json.dumps(body)
        started = time.perf_counter()
        try:
            self.line.request(method, path, sent, headers)
            answer = self.line.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.line.close()  # the site had closed an idle line: sending the same again is harmless
            self.line.request(method, path, sent, headers)
            answer = self.line.getresponse()
        content = answer.read()
        took = time.perf_counter() - started
        self.ledger.answers[answer.status] += 1
        return answer.status, content, took

    def open_empty_page(self) -> None:
        status, _, took = self.ask("GET", EMPTY_PAGE)
        assert status == 200, status
        self.ledger.pages.append(took)

    def save(self, candidate: str, test: str, criteria: list[str]) -> None:
        """One autosave of a grid, written on in the same page."""
        key = (self.tablet.juror, candidate, test)
        body = self.grid(criteria, self.revisions.get(key, 0), self.page)
        status, content, took = self.ask("POST", address(candidate, test), body)
        self.ledger.saves.append(took)
        if status == 200:
            self.revisions[key] = json.loads(content)["revision"]
            self.ledger.saved[key] = content_of(body)

    def grid(self, criteria: list[str], revision: int, page: str) -> dict:
        return {
            "owner": self.tablet.owner,
            "page": page,
            "revision": revision,
            "marks": {criterion: self.chance.randint(1, 4) for criterion in criteria},
            "validated": self.chance.choice([True, False, None]),
            "comment": f"Vu {uuid4()} : gestes sûrs, poste propre, consigne reformulée.",
        }


def address(candidate: str, test: str) -> str:
    return f"/jurys/candidats/{candidate}/{SLUGS[test]}/garder/"


def content_of(body: dict) -> tuple:
    return (tuple(sorted(body["marks"].items())), body["validated"], body["comment"])


def all_at_once(acts: Iterable[Callable[[], None]]) -> None:
    """Run them all in threads that start together, and wait."""
    acts = list(acts)
    start, failures = threading.Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        start.wait()
        try:
            act()
        except Exception as failure:  # noqa: BLE001 - raised again by the thread that waits
            failures.append(failure)

    threads = [threading.Thread(target=run, args=[act], daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def write_twice(juror: Juror, candidate: str, test: str, criteria: list[str]) -> None:
    """Two pages of one juror save the same grid at the same instant from the same revision: one must be refused."""
    key = (juror.tablet.juror, candidate, test)
    base, outcomes = juror.revisions.get(key, 0), []
    twins = [Juror(juror.tablet, juror.port, juror.ledger, random.Random(uuid4().int)) for _ in range(2)]

    def send(twin: Juror) -> None:
        body = twin.grid(criteria, base, str(uuid4()))
        status, _, _ = twin.ask("POST", address(candidate, test), body)
        outcomes.append((status, content_of(body)))

    all_at_once([lambda twin=twin: send(twin) for twin in twins])
    accepted = [content for status, content in outcomes if status == 200]
    juror.ledger.both_accepted += len(accepted) == 2
    juror.ledger.none_accepted += not accepted
    if accepted:
        juror.ledger.saved[key] = accepted[0]
