"""A safe request cannot write, whatever the view does."""

from itertools import chain

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from accounts.models import User
from core.middleware import ReadOnlyMiddleware
from core.models import JournalEntry, JournalHead
from core.readonly import ACCESS_LOG, ALWAYS, SAFE_METHODS, WriteOnRead, access_log, read_only
from core.services.journal import record, record_access
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

WRITES = {
    "inserts": lambda: User.objects.create(email="neuve@essai.example"),
    "updates": lambda: User.objects.update(phone="0600000000"),
    "deletes": lambda: User.objects.filter(is_active=False).delete(),
    "inserts many": lambda: User.objects.bulk_create([User(email="neuve@essai.example")]),
    "writes in SQL": lambda: connection.cursor().execute("  update \"accounts_user\" set phone = ''"),
    "hides a write behind a name": lambda: connection.cursor().execute(
        'WITH gone AS (DELETE FROM "accounts_user" RETURNING id) SELECT id FROM gone'
    ),
    "writes in the journal as an act does": lambda: told(record),
}


def told(by_what) -> JournalEntry:
    with transaction.atomic():
        return by_what(action="essai.lu", subject=User.objects.first(), by=None, summary="Lu")


def answer(method: str, view) -> HttpResponse:
    return ReadOnlyMiddleware(view)(RequestFactory().generic(method, "/"))


def view_that(act):
    def view(request: HttpRequest) -> HttpResponse:
        act()
        return HttpResponse("fait")

    return view


@pytest.fixture
def somebody():
    return UserFactory(is_active=False)


@pytest.mark.parametrize("method", sorted(SAFE_METHODS))
@pytest.mark.parametrize("act", WRITES.values(), ids=WRITES)
def test_a_view_that_writes_is_refused_by_every_safe_method(act, method, somebody):
    before = User.objects.values().get()

    with pytest.raises(WriteOnRead), transaction.atomic():
        answer(method, view_that(act))

    assert User.objects.values().get() == before
    assert not JournalEntry.objects.exists()


@pytest.mark.postgres
def test_a_view_that_locks_rows_is_refused(somebody):
    def lock() -> None:
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).first()

    with pytest.raises(WriteOnRead):
        answer("GET", view_that(lock))


def test_a_post_writes():
    answer("POST", view_that(WRITES["inserts"]))

    assert User.objects.filter(email="neuve@essai.example").exists()


def test_a_view_may_read_in_a_transaction(somebody):
    def read() -> None:
        with transaction.atomic(), transaction.atomic():
            list(User.objects.order_by().union(User.objects.order_by().filter(is_active=True)))

    assert answer("GET", view_that(read)).content == b"fait"


def test_a_body_that_is_streamed_after_the_view_writes_nothing_either(somebody):
    def chunks():
        yield b"un"
        User.objects.update(phone="0600000000")

    response = answer("GET", lambda request: StreamingHttpResponse(chunks()))

    with pytest.raises(WriteOnRead):
        response.getvalue()


def test_a_body_is_streamed_whole_and_leaves_the_connection_free(somebody):
    response = answer("GET", lambda request: StreamingHttpResponse(iter([b"un", b"", b"deux"])))

    first = next(iter(response))
    User.objects.update(phone="0600000000")

    assert b"".join(chain([first], response)) == b"undeux"


def test_who_reads_is_written_in_the_journal_by_a_safe_request(somebody):
    answer("GET", view_that(lambda: told(record_access)))

    assert JournalEntry.objects.get().action == "essai.lu"


def test_the_access_log_opens_the_journal_and_nothing_else(somebody):
    with read_only(), access_log(), pytest.raises(WriteOnRead):
        User.objects.update(phone="0600000000")


def test_what_is_let_through_are_tables_of_the_site_each_with_its_reason():
    assert ALWAYS.keys() == {Session._meta.db_table}
    assert ACCESS_LOG.keys() == {model._meta.db_table for model in (JournalEntry, JournalHead)}
    assert all(len(reason) > 20 for reason in chain(ALWAYS.values(), ACCESS_LOG.values()))


def test_the_guard_stands_inside_the_sessions_and_outside_what_is_ours():
    order = settings.MIDDLEWARE
    guard = order.index("core.middleware.ReadOnlyMiddleware")
    reading_no_row = {"core.middleware.ResponseHeadersMiddleware", "core.middleware.BodySizeMiddleware"}
    ours = [
        place
        for place, name in enumerate(order)
        if name.split(".")[0] in {"core", "juries"} and name not in reading_no_row
    ]

    assert order.index("django.contrib.sessions.middleware.SessionMiddleware") < guard
    assert min(ours) == guard
