"""The certificates to come, before anything is released: what would print wrong, and the way out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.models import Certificate
from certificates.services.register.transliteration import latin
from core.errors import DomainError
from core.models import JournalEntry
from juries.enums import ReleaseMode, SessionState
from juries.services.results.certificate_checks import check_certificates
from juries.services.results.release import release_results
from tests.juries import builders

pytestmark = pytest.mark.django_db

ARABIC = {"first_names": "محمد", "birth_name": "حسن"}


def rename(candidate, **names):
    trainee = candidate.enrollment.trainee
    for name, value in names.items():
        setattr(trainee, name, value)
    trainee.save()


def waiting(**changes):
    """Signed by all, released by the certifier alone."""
    minutes = builders.closed(release_mode=ReleaseMode.BY_CERTIFIER, **changes)
    builders.sign_all(minutes)
    return builders.reread(minutes.session)


def page_of(session) -> str:
    return reverse("juries:certificate_checks", args=[session.pk])


def queries(client, url) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_every_candidate_is_foreseen_before_the_decision_and_the_certified_after():
    session = builders.appraised(candidates=2)
    refused, certified = session.candidates.all()
    assert [row.candidate for row in check_certificates(session)] == [refused, certified]

    builders.refuse(refused)
    builders.certify(certified)
    assert (
        len(check_certificates(builders.reread(session))) == 2
    )  # the decisions are the jury's alone until it closes
    builders.close_deliberation(session=session, by=builders.president(session).user)

    assert [row.candidate for row in check_certificates(builders.reread(session))] == [certified]


def test_a_release_tells_at_once_all_that_would_print_wrong(certifier):
    session = waiting(candidates=3)
    arabic, long, _ = session.candidates.all()
    rename(arabic, **ARABIC)
    rename(long, first_names="Maximilienne " * 6 + "Joséphine")

    with pytest.raises(DomainError, match=r"passeport.*prénoms ne tiennent pas"):
        release_results(session=session, by=certifier)

    assert builders.reread(session).state == SessionState.DELIBERATED
    assert not Certificate.objects.exists()


def test_the_last_signature_says_when_it_could_not_release(client):
    session = builders.closed().session
    rename(session.candidates.get(), **ARABIC)
    for juror in (builders.other_juror(session), builders.president(session)):
        client.force_login(juror.user)
        response = client.post(reverse("juries:minutes_sign", args=[session.pk]), follow=True)

    assert "rien n’est publié" in response.content.decode()
    assert builders.reread(session).state == SessionState.DELIBERATED


def test_what_a_reader_would_see_is_what_the_register_takes(certifier):
    session = waiting()
    (row,) = check_certificates(session)

    (certificate,) = release_results(session=session, by=certifier)

    assert row.faults == []
    for name in ("full_name", "title", "domains", "jury_place", "signatories", "layout_version"):
        assert getattr(row.certificate, name) == getattr(certificate, name)


def test_the_page_shows_each_certificate_and_its_faults(client, certifier):
    session = waiting(candidates=2)
    wrong, right = session.candidates.all()
    rename(wrong, birth_place="")
    client.force_login(certifier)

    page = client.get(page_of(session)).content.decode()

    assert "commune de naissance" in page
    assert "s’imprime bien" in page
    assert reverse("juries:certificate_preview", args=[right.pk]) in page
    assert reverse("juries:candidate_identity", args=[wrong.pk]) in page


def test_the_page_asks_as_many_queries_for_three_candidates_as_for_one(client):
    for candidates in (1, 3):
        session = builders.opened(candidates=candidates)
        client.force_login(session.planned_by)
        client.get(page_of(session))
        asked = queries(client, page_of(session))
        if candidates == 1:
            one = asked

    assert asked == one <= 24


def test_the_president_reads_it_and_another_juror_does_not(client):
    session = builders.opened()

    client.force_login(builders.president(session).user)
    assert client.get(page_of(session)).status_code == 200
    client.force_login(builders.other_juror(session).user)
    assert client.get(page_of(session)).status_code == 403


def test_once_released_the_page_gives_way_to_the_certificates(client):
    session = builders.released()
    client.force_login(session.planned_by)

    assert client.get(page_of(session)).url == reverse("juries:session_certificates", args=[session.pk])


def test_the_picture_of_a_certificate_to_come_is_that_of_nothing_valid(client):
    session = builders.opened()
    client.force_login(session.planned_by)

    response = client.get(reverse("juries:certificate_preview", args=[session.candidates.get().pk]))

    assert response["Content-Type"] == "image/webp"
    assert "no-store" in response["Cache-Control"]


def test_a_name_that_cannot_be_printed_is_spelt_in_latin_letters_and_released(client, certifier):
    session = waiting()
    candidate = session.candidates.get()
    rename(candidate, **ARABIC)
    sealed = candidate.dossier.snapshot_sha256
    client.force_login(certifier)
    url = reverse("juries:candidate_identity", args=[candidate.pk])
    assert "Écrire en lettres latines" in client.get(page_of(session)).content.decode()

    proposed = client.get(url + "?proposer=1").context["form"].initial
    assert (proposed["first_names"], proposed["birth_name"]) == ("Mhmd", "Hsn")
    typed = {name: value or "" for name, value in proposed.items()}
    response = client.post(url, typed | {"first_names": "Mohamed", "birth_name": "Hassan"})

    assert response.url == page_of(session)
    (certificate,) = release_results(session=session, by=certifier)
    assert certificate.full_name == "Mohamed HASSAN"
    line = JournalEntry.objects.get(action="trainees.identity.changed")
    assert line.data["first_names"] == ["محمد", "Mohamed"]
    candidate.dossier.refresh_from_db()
    assert candidate.dossier.snapshot_sha256 == sealed


def test_a_refused_identity_keeps_what_was_typed(client, certifier):
    session = waiting()
    client.force_login(certifier)
    url = reverse("juries:candidate_identity", args=[session.candidates.get().pk])
    known = client.get(url).context["form"].initial

    typed = {name: value or "" for name, value in known.items()}
    response = client.post(url, typed | {"birth_date": "2025-01-01", "first_names": "Essai"})

    assert response.status_code == 422
    assert "Essai" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("فاطمة الزهراء", "Fatmh Alzhra"),
        ("گلناز", "Glnaz"),
        ("გიორგი", "Giorgi"),
        ("ᲒᲘᲝᲠᲒᲘ", "GIORGI"),
        ("Հովհաննես ՀԱԿՈԲՅԱՆ", "Hovhannes HAKOBYAN"),
        ("Սուրեն", "Suren"),
        ("Ahmed محمد", "Ahmed Mhmd"),
        ("Nguyễn Ελένη Юлия Łukasz", "Nguyễn Ελένη Юлия Łukasz"),
        ("王芳", "王芳"),
        ("משה", "משה"),
    ],
)
def test_only_the_letters_that_cannot_be_printed_are_spelt_anew(text, spelt):
    assert latin(text) == spelt
