from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from tests.factories import (
    ImmersionFactory,
    MembershipFactory,
    PlanFactory,
    StructureFactory,
    TrainingSessionFactory,
)
from trainees.enums import EnrollmentState
from trainees.models import Attendance, Enrollment
from trainees.services.enrollments import leave

PLAN = {"production_minutes": "130", "classroom_minutes": "80 h 30", "immersion_minutes": "35"}


def at(name: str, enrollment: Enrollment, **kwargs) -> str:
    return reverse(f"trainees:{name}", kwargs={"pk": enrollment.pk} | kwargs)


def attend(enrollment: Enrollment, times: int = 1) -> None:
    for day in range(times):
        session = TrainingSessionFactory(
            structure=enrollment.structure, held_on=clock.today() - timedelta(days=7 + day)
        )
        Attendance.objects.create(
            session=session, enrollment=enrollment, place=session.place, session_minutes=180, minutes=180
        )


def test_a_plan_is_drawn_and_revised(page_of, enrollment, director):
    assert page_of(director, at("plan", enrollment), PLAN)[0] == 302
    assert enrollment.plans.get().classroom_minutes == 80 * 60 + 30

    status, html = page_of(director, at("plan", enrollment), PLAN | {"production_minutes": "150"})
    assert status == 422
    assert "Dites en quelques mots ce qui change" in html

    page_of(
        director, at("plan", enrollment), PLAN | {"production_minutes": "150", "reason": "Plus de pratique"}
    )
    assert "Plus de pratique" in page_of(director, at("plan", enrollment))[1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"production_minutes": "10"}, "Il en faut au moins 200"),
        ({"production_minutes": "400"}, "Il en tient 399 au plus"),
        ({"immersion_minutes": "0"}, "Prévoyez des heures en immersion"),
        ({"immersion_minutes": "beaucoup"}, "Cette durée ne se lit pas"),
        ({"immersion_minutes": "-3"}, "Cette durée ne se lit pas"),
        ({"immersion_minutes": "9999"}, "trop longue"),
    ],
)
def test_impossible_hours_are_refused_and_kept(page_of, enrollment, director, changes, words):
    status, html = page_of(director, at("plan", enrollment), PLAN | changes)

    assert status == 422
    assert words in html
    assert 'value="80 h 30"' in html


def test_a_plan_sent_after_the_enrollment_ended_is_refused_in_words(
    page_of, enrollment, director, exit_reason
):
    leave(enrollment=enrollment, reason=exit_reason, by=director)

    status, html = page_of(director, at("plan", enrollment), PLAN)

    assert status == 409
    assert "est clos" in html or "ne s’y applique pas" in html
    assert 'value="130"' in html


def test_a_team_without_the_direction_reads_the_plan(page_of, enrollment, trainer):
    _, html = page_of(trainer, at("plan", enrollment))

    assert "Le plan n’est pas encore établi" in html
    assert '<button type="submit" class="btn btn-primary">' not in html


def test_an_identity_is_corrected_or_kept_as_typed(page_of, enrollment, director, trainer):
    typed = {"birth_name": "Durand", "first_names": "Samira", "sex": "F", "birth_date": "1990-05-17"}

    status, html = page_of(director, at("identity", enrollment), typed | {"birth_country": ""})
    assert status == 422
    assert 'value="Durand"' in html

    assert page_of(director, at("identity", enrollment), typed | {"birth_country": "France"})[0] == 302
    assert "DURAND" in page_of(trainer, at("identity", enrollment))[1]
    assert "La commune de naissance manque" in page_of(director, at("identity", enrollment))[1]


def test_an_enrollment_pauses_resumes_and_ends_on_the_pages(page_of, enrollment, director, exit_reason):
    today = clock.today().isoformat()

    assert page_of(director, at("pause", enrollment), {"starts_on": today, "reason": ""})[0] == 422
    assert page_of(director, at("pause", enrollment), {"starts_on": today, "reason": "Congé"})[0] == 302
    assert "Congé" in page_of(director, at("resume", enrollment))[1]
    assert page_of(director, at("resume", enrollment), {"ends_on": today})[0] == 302
    status, html = page_of(director, at("resume", enrollment), {"ends_on": today})
    assert status == 409
    assert "Rechargez la page" in html
    assert page_of(director, at("leave", enrollment), {"left_on": today, "reason": exit_reason.pk})[0] == 302
    enrollment.refresh_from_db()
    assert enrollment.state == EnrollmentState.LEFT


def test_a_contract_is_prolonged_on_its_page(page_of, enrollment, director):
    end = clock.today() + timedelta(days=400)
    typed = {"contract_start": enrollment.contract_start, "contract_end": end, "weekly_hours": "30"}

    assert page_of(director, at("contract", enrollment), typed | {"weekly_hours": "80"})[0] == 422
    assert page_of(director, at("contract", enrollment), typed)[0] == 302
    enrollment.refresh_from_db()
    assert enrollment.contract_end == end


def test_a_transfer_goes_through_two_steps(page_of, enrollment, certifier):
    host = StructureFactory(name="L’Escale")
    host.supports.add(enrollment.support)
    trainer = MembershipFactory(structure=host).user
    typed = {
        "support": enrollment.support_id,
        "referent": trainer.pk,
        "contract_start": enrollment.contract_start,
        "contract_end": enrollment.contract_end,
        "weekly_hours": "26",
    }

    assert "L’Escale" in page_of(certifier, at("transfer", enrollment))[1]
    url = f"{at('transfer', enrollment)}?structure={host.pk}"
    status, html = page_of(certifier, url, typed | {"referent": ""})
    assert status == 422
    assert "Choisissez la personne référente" in html
    assert page_of(certifier, url, typed)[0] == 302
    enrollment.refresh_from_db()
    assert enrollment.structure == host


def test_the_account_page_says_what_it_lacks(page_of, enrollment, trainer):
    assert "n’a pas d’adresse" in page_of(trainer, at("account", enrollment))[1]
    assert page_of(trainer, at("account", enrollment), {})[0] == 409

    enrollment.trainee.email = "samira@courriel.example"
    enrollment.trainee.save()
    assert "samira@courriel.example" in page_of(trainer, at("account", enrollment))[1]
    assert page_of(trainer, at("account", enrollment), {})[0] == 302
    assert "Envoyer un nouveau lien" in page_of(trainer, at("account", enrollment))[1]


def test_the_hours_page_asks_as_many_queries_for_one_session_as_for_three(
    count_queries, enrollment, director
):
    PlanFactory(enrollment=enrollment)
    attend(enrollment)
    ImmersionFactory(enrollment=enrollment)
    one = count_queries(director, at("hours", enrollment))

    attend(enrollment, times=3)
    ImmersionFactory.create_batch(2, enrollment=enrollment)

    assert count_queries(director, at("hours", enrollment)) == one <= 25


def test_a_trainee_reads_their_hours_and_acts_on_nothing(page_of, enrollment, trainee_user):
    attend(enrollment)
    ImmersionFactory(enrollment=enrollment)

    status, html = page_of(trainee_user, at("hours", enrollment))

    assert status == 200
    assert "Mes heures" in html
    assert "Signer la feuille" not in html
    assert "Confirmer les heures" not in html


def test_an_immersion_is_planned_and_confirmed_on_the_pages(page_of, enrollment, trainer):
    typed = {
        "host_name": "Pépinières du Sud",
        "tutor_name": "Paul Tuteur",
        "purpose": "discover",
        "objectives": "Voir",
        "starts_on": clock.today() - timedelta(days=9),
        "ends_on": clock.today() - timedelta(days=1),
        "planned_minutes": "35 h",
    }

    status, html = page_of(trainer, at("immersion_add", enrollment), typed | {"ends_on": "2020-01-01"})
    assert status == 422
    assert 'value="Pépinières du Sud"' in html
    assert page_of(trainer, at("immersion_add", enrollment), typed)[0] == 302
    immersion = enrollment.immersions.get()
    confirm = reverse("trainees:immersion_confirm", args=[immersion.pk])
    assert page_of(trainer, confirm, {"done_minutes": "99"})[0] == 422
    assert page_of(trainer, confirm, {"done_minutes": "33 h 30"})[0] == 302
    enrollment.refresh_from_db()
    assert enrollment.done_immersion_minutes == 33 * 60 + 30


@pytest.mark.parametrize(
    "name", ["identity", "contract", "referent", "account", "plan", "hours", "pause", "leave"]
)
def test_the_enrollment_of_another_structure_is_not_found(page_of, enrollment, stranger, name):
    assert page_of(stranger, at(name, enrollment))[0] == 404
