"""The notation of the access table: what each role gets at each URL.

A row is one URL. It names the roles that are let in; everything else follows from the rule of the house:

    Row("structures:list", get="certifier team stranger"),
    Row("structures:suspend", pk("structure"), post="certifier", refused="team", data={"reason": "Travaux"}),
    Row("structures:visit", pk("structure"), get="certifier", post="certifier", refused="team", posted=422),

- `get`, `post`: the roles that are let in. Without `get` the URL answers 405 to GET, without `post` to POST; DELETE is
  405 everywhere.
- `refused`: the roles that see the object and may not do this: 403. A role let in by one method and not by the
  other is refused too.
- every other person gets `others`: 404 by default. Anonymous people are sent to the login page (302) unless they
  are named.
- `got`, `posted`: what those let in receive: 200 and 302. Write `posted=422` where the row posts nothing valid:
  it still proves who comes through.
- `but={"GET trainee": 302}`: an exception for one method and role.
- `data`: what is posted, a dict or a function of the world (called for each request).
- `given`: a function of the world, called once before the requests: the state that the act needs.
- `json=True`: a program calls it: `data` is posted as JSON, and anonymous people get 401, never the login page.
- `seen_by`: the role whose eyes the browser has, where it is not the first one let in.
- `journals=True`: a GET writes a line of the journal (sealed documents); no other GET writes anything.

Roles: certifier, director, trainer, counsellor, juror, trainee, stranger (director of another structure), anonymous.
Groups: `team` (director trainer counsellor), `people` (all who are logged in), `anybody` (anonymous too).

The second argument is a function of the world (`tests/access/world.py`) that gives the arguments of the URL:
`pk("structure")` is short for `lambda world: {"pk": world.structure.pk}`. The world makes its objects when they are
asked for: add a cached property there for a new kind of object.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import ROLES, World

TEAM = ("director", "trainer", "counsellor")
ALL_ROLES = ("anonymous", *ROLES)
GROUPS = {"team": TEAM, "people": ROLES, "anybody": ALL_ROLES}


def nothing(world: World) -> dict:
    return {}


def pk(name: str) -> Callable[[World], dict]:
    """The arguments of a URL that takes the id of one object of the world."""
    return lambda world: {"pk": getattr(world, name).pk}


def roles_in(words: str) -> frozenset[str]:
    """The roles that a sentence names, groups included."""
    names = {role for word in words.split() for role in GROUPS.get(word, (word,))}
    unknown = names - set(ALL_ROLES)
    if unknown:
        raise ValueError(f"unknown roles: {', '.join(sorted(unknown))}")
    return frozenset(names)


@dataclass(frozen=True)
class Row:
    name: str
    kwargs: Callable[[World], dict] = nothing
    get: str = ""
    post: str = ""
    refused: str = ""
    others: int = 404
    got: int = 200
    posted: int = 302
    but: dict[str, int] = field(default_factory=dict)
    data: dict[str, Any] | Callable[[World], dict] = field(default_factory=dict)
    given: Callable[[World], Any] = nothing
    json: bool = False
    journals: bool = False
    seen_by: str = ""

    def let_in(self, method: str) -> frozenset[str]:
        return roles_in({"GET": self.get, "POST": self.post}.get(method, ""))

    def somebody(self) -> str:
        """A role that is let in by some method."""
        return min(self.let_in("GET") | self.let_in("POST"))

    def is_unknown(self, role: str) -> bool:
        return role == "anonymous" and role not in self.let_in("GET") | self.let_in("POST")

    def is_sent_to_login(self, role: str) -> bool:
        return self.is_unknown(role) and not self.json

    def expected(self, method: str, role: str) -> int:
        """The status that `role` gets; a page of login is a 302 like any other."""
        if f"{method} {role}" in self.but:
            return self.but[f"{method} {role}"]
        welcome = self.let_in(method)
        known = self.let_in("GET") | self.let_in("POST")
        if role in welcome:
            return self.got if method == "GET" else self.posted
        if self.is_unknown(role):
            return 401 if self.json else 302
        if not welcome:
            return 405
        if role in known | roles_in(self.refused):
            return 403
        return self.others

    def posted_by(self, world: World) -> dict:
        return self.data(world) if callable(self.data) else self.data
