"""One phone: it keeps its entries, and tries to send them through a network that fails."""

import json
import random
import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from tests.evaluations.notebook.phone import expected_receipt

TIMEOUT = 30
LONGEST_BATCH = 12
CUT_BEFORE, CUT_IN_THE_MIDDLE, CUT_AFTER = 0.15, 0.1, 0.2
"""How often the network fails: before anything leaves, within the body, before the answer is read."""


class NoNetwork(Exception):
    """Nothing came back: the phone does not know what arrived."""


@dataclass
class Phone:
    """The entries of one person, those that the site answered it has, and those that a receipt confirmed."""

    owner: str
    cookie: str
    port: int
    entries: dict[str, dict]
    chance: random.Random
    received: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    confirmed: bool = False
    tried: Counter = field(default_factory=Counter)
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def work_until_confirmed(self) -> None:
        """Send what waits, in any order, until the site's receipt is the one computed here."""
        self.cookies = {"sessionid": self.cookie}
        while not self.confirmed:
            try:
                if not self.token:
                    self._fetch_notebook()
                if waiting := self._waiting():
                    self._send(waiting)
                else:
                    self._compare()
            except NoNetwork:
                time.sleep(self.chance.uniform(0.02, 0.4))

    def _waiting(self) -> list[dict]:
        """A few entries that were not answered for; a session always before its signatures."""
        waiting = [
            entry for pk, entry in self.entries.items() if pk not in self.received and pk not in self.refused
        ]
        self.chance.shuffle(waiting)
        waiting.sort(key=lambda entry: entry["kind"] != "session")
        return waiting[: self.chance.randint(1, LONGEST_BATCH)]

    def _send(self, batch: list[dict]) -> None:
        """Every sending leaves twice, one copy after the other or both at once."""
        body = {"owner": self.owner, "phone": self.owner, "clock": "", "entries": batch}
        answers: list[dict] = []
        copies = [threading.Thread(target=self._post_once, args=(body, answers)) for _ in range(2)]
        together = self.chance.random() < 0.5
        for copy in copies:
            copy.start()
            if not together:
                copy.join()
        for copy in copies:
            copy.join()
        if not answers:
            raise NoNetwork
        for answer in answers:
            self.received |= set(answer["accepted"])
            self.refused |= answer["refused"]

    def _post_once(self, body: dict, answers: list[dict]) -> None:
        with suppress(NoNetwork):
            answers.append(self._post("/saisie/envoi/", body))

    def _compare(self) -> None:
        """The receipt of the site against ours; when they differ everything is sent again."""
        received = [entry for pk, entry in self.entries.items() if pk in self.received]
        ids = [entry["id"] for entry in received]
        if self._post("/saisie/recu/", {"owner": self.owner, "ids": ids}) == expected_receipt(received):
            self.confirmed = True
        else:
            self.tried["receipts that disagreed"] += 1
            self.received.clear()

    def _fetch_notebook(self) -> None:
        status, answer = self._ask("GET", "/saisie/carnet.json")
        if status == 200:
            self.token = answer["csrf"]

    def _post(self, path: str, body: dict) -> dict:
        status, answer = self._ask("POST", path, json.dumps(body).encode())
        if status != 200:
            self.tried[f"answered {status}"] += 1
            if status not in (502, 503):
                self.token = ""
            raise NoNetwork
        return answer

    def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, Any]:
        draw = self.chance.random()
        self.tried["requests"] += 1
        if draw < CUT_BEFORE:
            self._cut("before")
        cut_within = draw < CUT_BEFORE + CUT_IN_THE_MIDDLE
        cut_after = not cut_within and draw < CUT_BEFORE + CUT_IN_THE_MIDDLE + CUT_AFTER
        line = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            line.putrequest(method, path)
            for name, value in self._headers(body).items():
                line.putheader(name, value)
            line.endheaders(body[: len(body) // 2] if cut_within else body)
            if cut_within:
                self._cut("within the body")
            if cut_after:
                time.sleep(self.chance.uniform(0, 0.2))
                self._cut("before the answer")
            response = line.getresponse()
            content = response.read()
        except (OSError, HTTPException) as failure:
            self.tried[f"failed by {type(failure).__name__}"] += 1
            raise NoNetwork from failure
        finally:
            _reset(line)
        self._keep_cookies(response.msg.get_all("Set-Cookie") or [])
        return response.status, json.loads(content)

    def _cut(self, where: str) -> None:
        self.tried[f"cut {where}"] += 1
        raise NoNetwork

    def _headers(self, body: bytes) -> dict[str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers |= {
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                "X-CSRFToken": self.token,
            }
        return headers

    def _keep_cookies(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value


def _reset(line: HTTPConnection) -> None:
    """Close the connection by a TCP reset, as when the network is lost."""
    if line.sock:
        line.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    line.close()
