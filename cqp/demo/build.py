"""The whole demonstration, from the launch of the experiment to today."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from secrets import token_urlsafe

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from core import clock
from core.services.journal import record
from cqp.dashboard.services import set_objective
from cqp.demo import people, preparation
from cqp.demo.immersions import Immersions
from cqp.demo.jurors import add_jurors, note_unavailabilities
from cqp.demo.panels import Juries, Panel
from cqp.demo.promotions import Promotion, Training
from cqp.demo.rolls import Rolls
from cqp.demo.schedule import Schedule, working_day
from cqp.demo.sheets import Sheets
from cqp.demo.structure_fixtures import HOME_STRUCTURE, JURY_STRUCTURES
from cqp.demo.structures import Structures, Team, open_account
from evaluations.services.frameworks import load_example, publish
from juries.enums import Outcome
from juries.models import Juror
from juries.services.sessions.settings import adopt_settings

LAUNCHED_BEFORE = timedelta(days=252)
EXPERIMENT_LASTS = timedelta(days=34 * 31)
JURY_CREW = 14
VENUES = ("Lycée de la Mer", "École de cavalerie", "Salle des fêtes du Calaisis")


def build(report: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Write the demonstration up to today, in short transactions; the database must be empty.

    After each of them `report` gets the number of acts done and planned. Nobody can log in before the last.
    """
    today = clock.today()
    launch = today - LAUNCHED_BEFORE
    hashed = make_password(token_urlsafe())
    schedule = Schedule()
    with transaction.atomic():
        certifier = open_account(people.CERTIFIER, hashed, is_certifier=True)
        preparation.begin(by=certifier)
    structures = Structures(today=today, launch=launch, certifier=certifier, hashed=hashed)
    schedule.at(launch, 8, lambda: _prepare(certifier, launch))
    structures.plan(schedule)
    jurors: list[Juror] = []
    schedule.at(launch + timedelta(days=5), 9, lambda: jurors.extend(add_jurors(certifier, hashed, launch)))
    training = Training(today=today, people=people.PersonGenerator(today))
    juries = Juries(today=today, certifier=certifier)
    promotions = _promotions(structures.teams, today)
    Immersions(today=today).plan(schedule, _home_crew(promotions))
    Rolls(today=today).plan(schedule, _home_crew(promotions))
    Sheets(today=today).plan(schedule, _home_crew(promotions))
    for promotion in promotions:
        training.plan(schedule, promotion)
    for plan in _panels(promotions):
        schedule.at(plan.held_on - timedelta(days=60), 9, partial(_seat_jury, juries, schedule, plan, jurors))
    schedule.at(today, 6, lambda: note_unavailabilities(jurors, today))
    schedule.at(today, 6, lambda: _open_trainee_account(promotions, hashed, certifier))
    schedule.run(report)
    with transaction.atomic():
        User.objects.filter(password=hashed).update(password=make_password(people.PASSWORD))
        preparation.complete(by=certifier)


def _prepare(certifier: User, launch: date) -> None:
    framework = load_example(version=f"exemple-{launch.year}", by=certifier)
    publish(framework=framework, by=certifier)
    adopt_settings(
        source="Exemple, à valider par le certificateur",
        signatory_name="Dominique Lenoir",
        signatory_quality="Délégation nationale",
        production_minutes=20,
        interview_minutes=20,
        break_minutes=5,
        by=certifier,
    )
    set_objective(
        target=4000,
        starts_on=launch,
        ends_on=launch + EXPERIMENT_LASTS,
        source="Branche des ACI et CHANTIER école, pour la période d’expérimentation",
        by=certifier,
    )


class _PlannedPanel:
    """A panel before its jurors are known."""

    def __init__(self, promotion: Promotion, venue: str, seats: tuple[int, ...], **details) -> None:
        self.promotion, self.venue, self.seats, self.details = promotion, venue, seats, details
        self.held_on = promotion.jury_day

    def seated(self, available: list[Juror]) -> Panel:
        president, *jurors = (available[rank] for rank in self.seats)
        return Panel(
            promotion=self.promotion,
            held_on=self.held_on,
            venue=self.venue,
            president=president,
            jurors=jurors,
            **self.details,
        )


def _seat_jury(juries: Juries, schedule: Schedule, plan: _PlannedPanel, jurors: list[Juror]) -> None:
    juries.plan(schedule, plan.seated(jurors))


def _panels(promotions: list[Promotion]) -> list[_PlannedPanel]:
    """Sète, Saumur and Audruicq: 10, 9 and 8 certified; Nevers is open today."""
    at_jury = {p.team.fixture.city: p for p in promotions if p.candidates}
    sete, saumur, audruicq = (at_jury[fixture.city] for fixture in JURY_STRUCTURES)
    return [
        _PlannedPanel(sete, VENUES[0], (2, 3, 7), refused={4: Outcome.PARTIAL}),
        _PlannedPanel(saumur, VENUES[1], (0, 5, 4), refused={2: Outcome.NOT_CERTIFIED}),
        _PlannedPanel(audruicq, VENUES[2], (6, 1, 3), refused={0: Outcome.PARTIAL, 6: Outcome.ADJOURNED}),
        _PlannedPanel(at_jury[HOME_STRUCTURE.city], "Maison des métiers", (0, 1, 6), stays_open=True),
    ]


def _promotions(teams: list[Team], today: date) -> list[Promotion]:
    """Fifty crews, 712 people in all; four of them come before a jury."""
    juries = {
        JURY_STRUCTURES[0].city: (11, working_day(today - timedelta(days=31))),
        JURY_STRUCTURES[1].city: (10, working_day(today - timedelta(days=24))),
        JURY_STRUCTURES[2].city: (10, working_day(today - timedelta(days=17))),
        HOME_STRUCTURE.city: (6, today),
    }
    promotions = []
    for n, team in enumerate(teams):
        candidates, jury_on = juries.get(team.fixture.city, (0, None))
        first = working_day(team.accredited_on + timedelta(days=4))
        promotions.append(
            Promotion(
                team=team,
                trainer_rank=1,
                support_code=team.fixture.supports[0],
                size=JURY_CREW + (n < 12),
                starts_on=first,
                weeks_between_sessions=1,
                candidates=candidates,
                jury_on=jury_on,
                sheets_each=3 if candidates else 1,
            )
        )
        second = working_day(min(first + timedelta(days=45), today - timedelta(days=28)))
        promotions.append(
            Promotion(
                team=team,
                trainer_rank=0,
                support_code=team.fixture.supports[-1],
                size=JURY_CREW,
                starts_on=second,
                weeks_between_sessions=1 if team.fixture == HOME_STRUCTURE else 2,
                sheets_each=2 if team.fixture == HOME_STRUCTURE else 1,
                has_plans=n < len(teams) - 1,
            )
        )
    return promotions


def _home_crew(promotions: list[Promotion]) -> Promotion:
    """The crew of the demo's trainer, half way through."""
    return next(p for p in promotions if p.team.fixture == HOME_STRUCTURE and not p.candidates)


def _open_trainee_account(promotions: list[Promotion], hashed: str, certifier: User) -> None:
    """Give the demo's trainee the enrolment of somebody of the home structure, half way through."""
    enrollment = _home_crew(promotions).enrollments[0]
    trainee = enrollment.trainee
    trainee.user = open_account(people.TRAINEE, hashed)
    trainee.first_names, trainee.birth_name = people.TRAINEE.first_name, people.TRAINEE.last_name.upper()
    trainee.email = people.TRAINEE.email
    trainee.save(update_fields=["user", "first_names", "birth_name", "email"])
    record(
        action="trainees.account.opened",
        subject=trainee,
        by=certifier,
        summary=f"{trainee} peut ouvrir son dossier en ligne",
        topic_id=enrollment.pk,
    )
