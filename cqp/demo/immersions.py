"""The immersions of the home crew: one done, with the appraisal of its tutor, and one to come."""

from datetime import date, timedelta

from accounts.models import User
from cqp.demo.promotions import Promotion
from cqp.demo.schedule import Schedule, working_day
from trainees.enums import ImmersionPurpose, ObjectivesReached
from trainees.models import Immersion
from trainees.services.immersions import confirm_immersion, plan_immersion
from trainees.services.immersions.tutors import answer_as_tutor, ask_tutor

WEEKS_AGO, WEEKS_AHEAD = timedelta(weeks=2), timedelta(weeks=1)
FRIDAY = timedelta(days=4)
MORNING, AFTERNOON = ["08:00", "12:00"], ["13:00", "16:00"]
HOST = {
    "host_name": "Les Serres de la Loire",
    "host_siret": "",
    "place": "14 chemin des Serres, Nevers",
    "tutor_name": "Camille Roche",
    "tutor_role": "Cheffe de culture",
    "tutor_email": "camille.roche@serres.example",
    "tasks": "Repiquer, arroser, préparer les commandes avec l’équipe.",
}


class Immersions:
    def __init__(self, *, today: date) -> None:
        self.monday = today - timedelta(days=today.weekday())

    def plan(self, schedule: Schedule, promotion: Promotion) -> None:
        past, next_one = self.monday - WEEKS_AGO, self.monday + WEEKS_AHEAD
        schedule.at(past - timedelta(days=4), 9.25, lambda: self._plan_past(promotion, past))
        schedule.at(past + FRIDAY, 17, lambda: self._end(promotion.trainer))
        schedule.at(past + timedelta(days=7), 12, self._answer)
        schedule.at(
            working_day(self.monday - timedelta(days=1)), 9.25, lambda: self._plan_next(promotion, next_one)
        )

    def _plan_past(self, promotion: Promotion, monday: date) -> None:
        self.done: Immersion = plan_immersion(
            enrollment=promotion.enrollments[0],
            purpose=ImmersionPurpose.DISCOVER,
            objectives="Découvrir le travail sous serre et tenir le rythme d’une équipe.",
            starts_on=monday,
            ends_on=monday + FRIDAY,
            schedule=_week_without(promotion),
            by=promotion.trainer,
            **HOST,
        )

    def _end(self, trainer: User) -> None:
        confirm_immersion(immersion=self.done, done_minutes=self.done.planned_minutes, by=trainer)
        ask_tutor(immersion=self.done, by=trainer)

    def _answer(self) -> None:
        answer_as_tutor(
            appraisal=self.done.appraisals.get(),
            objectives_reached=ObjectivesReached.PARTLY,
            went_well="Toujours à l’heure, soigneux avec les plants. L’équipe l’a adopté.",
            to_work_on="Poser ses questions plus tôt, et lire seul les fiches de commande.",
            signed_as="Camille Roche",
        )

    def _plan_next(self, promotion: Promotion, monday: date) -> None:
        plan_immersion(
            enrollment=promotion.enrollments[1],
            purpose=ImmersionPurpose.CONFIRM,
            objectives="Confirmer un projet d’ouvrier du paysage.",
            starts_on=monday,
            ends_on=monday + FRIDAY,
            schedule=_week_without(promotion),
            by=promotion.trainer,
            **HOST | {"host_name": "Paysages du Nivernais", "tutor_role": "", "tasks": ""},
        )


def _week_without(promotion: Promotion) -> dict[str, list]:
    """The working week, without the weekday on which the crew has its session."""
    session_day = working_day(promotion.starts_on + timedelta(days=7)).weekday()
    return {str(day): [MORNING, AFTERNOON] for day in range(5) if day != session_day}
