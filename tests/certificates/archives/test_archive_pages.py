"""Archives on screen: asked for, followed until they are ready, taken."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.models import Archive
from certificates.services.archives import request_archive
from certificates.tasks.archives import build_archive, sweep_archives
from core import clock
from core.enums import WorkState
from core.models import JournalEntry, Work
from juries.enums import SessionState
from tests.factories import JurySessionFactory, UserFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db
LIST = "/certificats/archives/"


@pytest.fixture
def as_certifier(client, certifier):
    client.force_login(certifier)
    return client


@pytest.fixture
def session(certifier, run_work):
    released = {"deliberated_at": clock.now(), "released_at": clock.now(), "released_by": certifier}
    session = JurySessionFactory(state=SessionState.RELEASED, **released)
    certificate_of(session=session)
    run_work()
    return session


@pytest.fixture
def archive(session, certifier) -> Archive:
    return request_archive(kind="files", batch_id=session.pk, by=certifier)


def fragment(client) -> str:
    return client.get(LIST, headers={"HX-Request": "true"}).content.decode()


def file_of(archive: Archive) -> str:
    return reverse("certificates:archive_file", args=[archive.pk])


def test_an_archive_asked_for_is_made_and_taken(as_certifier, run_work):
    certificate_of()
    run_work()

    asked = as_certifier.post(LIST, {"kind": "files", "region": "", "year": ""})
    waiting = fragment(as_certifier)
    run_work()
    ready = fragment(as_certifier)
    archive = Archive.objects.get()
    taken = as_certifier.get(file_of(archive))

    assert asked["Location"] == LIST
    assert "1\xa0certificat à rassembler" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "Télécharger" in ready
    assert "hx-trigger" not in ready
    assert taken.streaming
    assert taken.getvalue().startswith(b"PK")
    assert 'filename="certificats-tout-le-registre.zip"' in taken["Content-Disposition"]
    assert JournalEntry.objects.filter(action="certificates.archive.downloaded").count() == 1


def test_what_cannot_be_gathered_answers_422_and_keeps_what_was_chosen(as_certifier, session):
    chosen = {"kind": "labels", "batch_id": session.pk, "region": "76", "year": ""}

    response = as_certifier.post(LIST, chosen)

    shown = response.content.decode()
    assert response.status_code == 422
    assert "pas les deux" in shown
    assert f'<option value="{session.pk}" selected' in shown
    assert '<option value="76" selected' in shown
    assert not Archive.objects.exists()


def test_the_session_is_chosen_beforehand_from_its_own_page(as_certifier, session):
    shown = as_certifier.get(LIST, {"lot": session.pk}).content.decode()

    assert f'<option value="{session.pk}" selected' in shown


def test_three_archives_cost_as_many_queries_as_one(as_certifier, certifier, session, archive):
    as_certifier.get(LIST)
    with CaptureQueriesContext(connection) as with_one:
        as_certifier.get(LIST)
    for kind in ("labels", "register"):
        request_archive(kind=kind, batch_id=session.pk, by=certifier)

    with CaptureQueriesContext(connection) as with_three:
        as_certifier.get(LIST)

    assert len(with_three) == len(with_one)
    assert len(with_one) <= 16


def test_after_a_fault_the_page_says_so_in_words_and_goes_on_asking(as_certifier, archive):
    due_at = clock.now() + timedelta(minutes=5)
    Work.objects.filter(subject_id=archive.pk).update(error="KeyError: 'x'", attempts=2, due_at=due_at)

    shown = fragment(as_certifier)

    assert "KeyError" not in shown
    assert "Le dernier essai a échoué." in shown
    assert "nouvel essai le" in shown
    assert 'hx-trigger="every 15s"' in shown


def test_one_set_aside_is_no_longer_asked_for_until_it_is_retried(as_certifier, archive, run_work):
    Work.objects.filter(subject_id=archive.pk).update(state=WorkState.SET_ASIDE, error="KeyError: 'x'")

    stopped = fragment(as_certifier)
    response = as_certifier.post(reverse("certificates:archive_retry", args=[archive.pk]))
    run_work()

    archive.refresh_from_db()
    assert "Malgré plusieurs essais" in stopped
    assert "KeyError" not in stopped
    assert "hx-trigger" not in stopped
    assert response["Location"] == LIST
    assert archive.file


def test_one_whose_work_was_lost_can_be_retried(as_certifier, archive, run_work):
    Work.objects.filter(subject_id=archive.pk).delete()

    stopped = fragment(as_certifier)
    as_certifier.post(reverse("certificates:archive_retry", args=[archive.pk]))
    run_work()

    archive.refresh_from_db()
    assert "Relancer" in stopped
    assert archive.file


def test_what_is_not_ready_or_no_longer_kept_answers_409_with_a_sentence(as_certifier, archive):
    early = as_certifier.get(file_of(archive))
    build_archive.run.__wrapped__(archive.pk)
    with clock.at(clock.now() + timedelta(days=8)):
        sweep_archives()
    late = as_certifier.get(file_of(archive))
    retried = as_certifier.post(reverse("certificates:archive_retry", args=[archive.pk]))

    assert (early.status_code, late.status_code, retried.status_code) == (409, 409, 409)
    assert "en préparation" in early.content.decode()
    assert "n’est plus gardée" in late.content.decode()


def test_what_the_sweep_removes_stands_in_the_journal(archive, session, certifier):
    build_archive.run.__wrapped__(archive.pk)
    never = request_archive(kind="register", batch_id=session.pk, by=certifier)

    with clock.at(clock.now() + timedelta(days=8)):
        sweep_archives()
        sweep_archives()

    told = JournalEntry.objects.filter(
        action__in=["certificates.archive.expired", "certificates.archive.given_up"]
    )
    assert {(entry.action, entry.subject_id) for entry in told} == {
        ("certificates.archive.expired", str(archive.pk)),
        ("certificates.archive.given_up", str(never.pk)),
    }
    assert len(told) == 2
    assert {entry.actor for entry in told} == {None}


def test_another_certifier_does_not_see_it(client, archive):
    client.force_login(UserFactory(is_certifier=True))

    assert client.get(file_of(archive)).status_code == 404
    assert "Mes archives" not in client.get(LIST).content.decode()


def test_a_place_that_takes_no_file_leaves_nothing_half_made(archive, settings):
    folder = Path(settings.PRIVATE_ROOT, "archives")
    folder.write_text("in the way")

    with pytest.raises(OSError, match="archives"):
        build_archive.run.__wrapped__(archive.pk)
    archive.refresh_from_db()
    left = archive.file
    folder.unlink()
    build_archive.run.__wrapped__(archive.pk)

    archive.refresh_from_db()
    assert not left
    assert [path.name for path in folder.iterdir()] == [Path(archive.file.name).name]
