from datetime import time, timedelta

import pytest
from django.urls import reverse

from core import clock
from tests.factories import EnrollmentFactory, MembershipFactory, TrainingSessionFactory
from trainees.models import Attendance, TrainingSession
from trainees.services.sessions import Presence

LIST = reverse("trainees:session_list")
LOG = reverse("trainees:session_log")


@pytest.fixture
def typed(trainer, crew):
    """A session of three hours: one there, one there in part, one on leave."""
    return {
        "held_on": (clock.today() - timedelta(days=2)).isoformat(),
        "starts_at": "09:00",
        "ends_at": "12:00",
        "trainer": trainer.pk,
        "place": "production",
        "kind": "group",
        "module": "M4",
        "theme": "Tailler une haie",
        f"{crew[0].pk}-status": "whole",
        f"{crew[1].pk}-status": "part",
        f"{crew[1].pk}-minutes": "1 h 30",
        f"{crew[2].pk}-status": "leave",
    }


def test_a_session_is_logged_with_its_crew(page_of, trainer, crew, typed):
    status, _ = page_of(trainer, LOG, typed)

    session = TrainingSession.objects.get()
    assert status == 302
    minutes = dict(session.attendances.values_list("enrollment_id", "minutes"))
    assert [minutes[row.pk] for row in crew] == [180, 90, 0]


def test_those_who_were_not_concerned_are_not_noted(page_of, trainer, crew, typed):
    page_of(trainer, LOG, typed | {f"{crew[2].pk}-status": "out"})

    assert Attendance.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"theme": ""}, "Donnez le thème"),
        ({"ends_at": "08:00"}, "finit avant d’avoir commencé"),
        ({"starts_at": "25:00"}, "Cette heure n’existe pas"),
        ({"held_on": "2099-01-01"}, "à venir"),
        ({"trainer": ""}, "obligatoire"),
        ({"kind": "individual"}, "une seule personne"),
    ],
)
def test_an_impossible_session_is_refused_and_kept(page_of, trainer, crew, typed, changes, words):
    status, html = page_of(trainer, LOG, typed | changes)

    assert status == 422
    assert words in html
    assert 'value="1 h 30"' in html
    assert TrainingSession.objects.count() == 0


@pytest.mark.parametrize(
    ("minutes", "words"), [("", "Indiquez la durée"), ("x", "ne se lit pas"), ("9 h", "dépasse la séance")]
)
def test_a_faulty_duration_is_told_beside_the_person(page_of, trainer, crew, typed, minutes, words):
    status, html = page_of(trainer, LOG, typed | {f"{crew[1].pk}-minutes": minutes})

    assert status == 422
    assert words in html


def test_a_forged_person_is_not_noted(page_of, trainer, crew, typed):
    other = EnrollmentFactory()

    page_of(trainer, LOG, typed | {f"{other.pk}-status": "whole"})

    assert not other.attendances.exists()


def test_the_same_session_sent_twice_is_logged_once(page_of, trainer, crew, typed):
    page_of(trainer, LOG, typed)

    status, html = page_of(trainer, LOG, typed)

    assert status == 422
    assert "anime déjà" in html
    assert TrainingSession.objects.count() == 1


def test_a_session_may_start_with_one_person(page_of, trainer, crew):
    _, html = page_of(trainer, f"{LOG}?parcours={crew[1].pk}")

    assert html.count('value="whole" selected') == 1
    assert 'value="individual" selected' in html


def test_a_structure_without_trainees_is_told_who_enrols(page_of, trainer):
    assert "la direction les inscrit d’abord" in page_of(trainer, LOG)[1]


def test_the_pages_of_sessions_ask_as_many_queries_for_one_as_for_three(
    count_queries, do_log, crew, trainer, structure
):
    session = TrainingSessionFactory(structure=structure, trainer=trainer)
    detail = reverse("trainees:session_detail", args=[session.pk])

    def note(enrollment) -> None:
        Attendance.objects.create(
            session=session, enrollment=enrollment, place=session.place, session_minutes=180, minutes=180
        )

    note(crew[0])
    one = {url: count_queries(trainer, url) for url in (LIST, detail)}
    note(crew[1])
    note(crew[2])
    TrainingSessionFactory.create_batch(2, structure=structure, trainer=MembershipFactory().user)

    for url, queries in one.items():
        assert count_queries(trainer, url) == queries <= 25


def test_the_list_of_sessions_is_read_month_by_month(page_of, structure, trainer):
    TrainingSessionFactory(structure=structure, theme="Ancienne", held_on=clock.today() - timedelta(days=70))
    TrainingSessionFactory(structure=structure, theme="Récente", held_on=clock.today())

    _, html = page_of(trainer, f"{LIST}?mois={clock.today():%Y-%m}")

    assert "Récente" in html
    assert "Ancienne" not in html
    assert "Ancienne" in page_of(trainer, f"{LIST}?mois=nonsense")[1]


def test_a_presence_is_corrected_from_its_session(page_of, do_log, enrollment, trainer):
    session = do_log()
    url = reverse("trainees:attendance_correct", args=[session.pk, enrollment.pk])

    status, html = page_of(trainer, url, {"minutes": "2 h", "absence": "", "reason": ""})
    assert status == 422
    assert 'value="2 h"' in html
    assert page_of(trainer, url, {"minutes": "2 h", "reason": "Départ"})[0] == 302
    assert session.attendances.get().minutes == 120
    assert page_of(trainer, url, {"minutes": "", "absence": "leave", "reason": "Absente"})[0] == 302
    assert session.attendances.get().absence == "leave"


def test_a_session_is_withdrawn_from_its_page(page_of, do_log, trainer):
    session = do_log()
    url = reverse("trainees:session_withdraw", args=[session.pk])

    page_of(trainer, url, {"reason": ""})
    assert TrainingSession.objects.exists()
    page_of(trainer, url, {"reason": "Doublon"})
    assert not TrainingSession.objects.exists()


@pytest.mark.parametrize("reason", ["é" * 501, "a\x00b"])
def test_a_reason_that_cannot_be_kept_does_not_withdraw_a_session(page_of, do_log, trainer, reason):
    session = do_log()

    status, _ = page_of(trainer, reverse("trainees:session_withdraw", args=[session.pk]), {"reason": reason})

    assert status == 302
    assert "Le motif" in page_of(trainer, reverse("trainees:session_detail", args=[session.pk]))[1]
    assert TrainingSession.objects.exists()


def test_the_session_of_another_structure_is_not_found(page_of, do_log, stranger):
    session = do_log()

    assert page_of(stranger, reverse("trainees:session_detail", args=[session.pk]))[0] == 404
    assert (
        page_of(stranger, reverse("trainees:session_withdraw", args=[session.pk]), {"reason": "x"})[0] == 404
    )


def test_a_presence_of_another_session_is_not_found(page_of, do_log, crew, trainer):
    session = do_log()

    assert page_of(trainer, reverse("trainees:attendance_correct", args=[session.pk, crew[0].pk]))[0] == 404


def test_the_page_of_a_session_shows_who_signed(page_of, do_log, crew, trainer, director, sign):
    session = do_log(presences=[Presence(crew[0], 180), Presence(crew[1], 0, "leave"), Presence(crew[2], 60)])
    detail = reverse("trainees:session_detail", args=[session.pk])
    sign(session, crew[0])

    _, html = page_of(trainer, detail)
    assert f'aria-label="Signature de {crew[0].trainee}"' in html
    assert html.count("pas signée") == 2
    assert f"{reverse('evaluations:roll_call')}?seance={session.pk}" in html
    assert "Faire signer" not in page_of(director, detail)[1]
    assert "1\u00a0signature manque" in page_of(trainer, LIST)[1]

    url = reverse("trainees:attendance_correct", args=[session.pk, crew[0].pk])
    assert "Cette présence est signée" in page_of(trainer, url)[1]
    page_of(trainer, url, {"minutes": "2 h", "reason": "Départ"})
    assert "à signer de nouveau" in page_of(trainer, detail)[1]

    sign(session, crew[0])
    sign(session, crew[2])
    sign(session, None)
    html = page_of(trainer, detail)[1]
    assert "Faire signer" not in html
    assert "signature manque" not in page_of(trainer, LIST)[1]


def test_who_was_there_in_part_signs_once_at_least(page_of, do_log, crew, trainer, sign):
    session = do_log(ends_at=time(16), presences=[Presence(crew[0], 120), Presence(crew[1], 420)])
    detail = reverse("trainees:session_detail", args=[session.pk])
    sign(session, crew[0], "morning")
    sign(session, crew[1], "morning")
    sign(session, None)

    _, html = page_of(trainer, detail)

    assert html.count("pas signée") == 1
    assert "1\u00a0signature manque" in page_of(trainer, LIST)[1]
