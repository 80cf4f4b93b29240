"""Every URL of the site, for every role, by every method: the table is in the `rows_…` modules beside."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from http.cookies import SimpleCookie

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import URLResolver, get_resolver, reverse

from tests.access.modules import ROWS
from tests.access.table import ALL_ROLES, Row
from tests.access.world import World
from tests.database import undone

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
KEPT_BY_DJANGO = ('"django_session"',)
JOURNAL = ('"core_journalentry"', '"core_journalhead"')


@pytest.fixture(scope="module")
def country(module_db) -> World:
    """The people of the world, made once; what each row adds or changes is undone after it."""
    return World()


@pytest.fixture(scope="module")
def visitors(country) -> dict[str, "Visitor"]:
    return {role: Visitor(country, role) for role in ALL_ROLES}


@pytest.fixture
def world(country, db) -> World:
    return deepcopy(country)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_role_gets_what_the_table_says_and_reading_writes_nothing(row, world, visitors):
    row.given(world)
    url = reverse(row.name, kwargs=row.kwargs(world))

    surprises = [
        surprise
        for method in ("GET", "POST", "DELETE")
        for role in (ALL_ROLES if method != "DELETE" else [row.somebody()])
        for surprise in surprises_of(visitors[role], method, url, row, world)
    ]

    assert not surprises, "\n".join(surprises)


def test_every_url_stands_in_the_table():
    names = set(url_names(get_resolver()))
    rows = {row.name for row in ROWS}

    assert sorted(names - rows) == [], "URLs without a row in tests/access/rows_<app>.py"
    assert sorted(rows - names) == [], "rows without a URL"


def test_no_url_stands_twice_in_the_table():
    assert [name for name, times in Counter(row.name for row in ROWS).items() if times > 1] == []


def url_names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}"


class Visitor:
    """The browser of one role, which comes to each page with its first session and nothing else."""

    def __init__(self, world: World, role: str) -> None:
        self.role = role
        self.client = Client(raise_request_exception=False)
        if role != "anonymous":
            self.client.force_login(world.person(role))
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, method: str, url: str, data: dict, *, json: bool):
        self.client.cookies = SimpleCookie(self.cookies)
        cache.clear()  # the limits of one visitor are not those of the next
        if method == "POST":
            kind = "application/json" if json else MULTIPART_CONTENT
            response = self.client.post(url, data, content_type=kind)
        else:
            response = self.client.generic(method, url)
        if response.streaming:
            response.getvalue()  # read to the end as a browser does, which closes the file
        return response


def surprises_of(visitor: Visitor, method: str, url: str, row: Row, world: World) -> Iterator[str]:
    """What one request does that the table does not say."""
    role = visitor.role
    data = row.posted_by(world) if method == "POST" else {}
    with undone(), writes() as statements:
        response = visitor.ask(method, url, data, json=row.json)
    expected = row.expected(method, role)
    if response.status_code != expected:
        yield f"{method} {role}: {told(response)} instead of {expected}"
    elif row.is_sent_to_login(role) and not response.url.startswith(reverse("account_login")):
        yield f"{method} {role}: sent to {response.url} instead of the login page"
    if method == "GET" and role in row.let_in("GET"):
        yield from (f"GET {role} writes: {sql[:120]}" for sql in statements if not tolerated(sql, row))


def told(response) -> str:
    """The status and, for a page that fell, why."""
    error = getattr(response, "exc_info", None)
    return f"{response.status_code} ({error[1]!r})" if error else str(response.status_code)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collect the statements that change rows."""
    statements: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def tolerated(sql: str, row: Row) -> bool:
    tables = KEPT_BY_DJANGO + (JOURNAL if row.journals else ())
    return any(table in sql for table in tables)
