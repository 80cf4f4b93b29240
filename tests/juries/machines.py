"""A jury as a machine, up to its day: each rule asks the model whether an act is allowed, tries it, and compares."""

import re
from datetime import time

from django.apps import apps
from django.db import transaction
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from core import clock
from core.errors import DomainError
from core.models import JournalHead, Work
from evaluations.enums import TestKind
from evaluations.models import GridCriterion
from juries.enums import College, ReleaseMode, SessionState
from juries.models import DeclaredLink, JurySession
from juries.services.sessions import (
    add_candidate,
    cancel_session,
    convene,
    name_president,
    open_session,
    plan_session,
    remove_candidate,
    seat_juror,
    set_times,
    withdraw_juror,
)
from tests.factories import CertificationSettingsFactory, JurorFactory, UserFactory
from tests.juries import builders
from tests.juries.expected import Coming, Expected, Sitting
from tests.juries.interleavings import Ledger
from trainees.models import Enrollment

COLLEGES = {
    "Anne": College.EMPLOYER,
    "Bruno": College.EMPLOYER,
    "Chloé": College.EMPLOYEE,
    "Driss": College.EMPLOYEE,
}
HOURS = {"Samira": (time(8), time(13)), "Paul": (time(9), time(14))}
LINKS = {("Driss", "Samira")}
SENTENCE = re.compile(r"[A-ZÀÉÊÎÔ«].{15,}[.?!]", re.DOTALL)

jurors = some.sampled_from(list(COLLEGES))
names = some.sampled_from(list(HOURS))


class World:
    """The people of the machine, the same for each example."""

    def __init__(self) -> None:
        self.certifier = UserFactory(is_certifier=True)
        self.rules = {mode: rules_of(number, mode) for number, mode in enumerate(ReleaseMode, start=1)}
        self.jurors = {name: JurorFactory(college=college) for name, college in COLLEGES.items()}
        self.dossiers = {name: builders.accepted_dossier() for name in HOURS}
        for juror, name in LINKS:
            structure = self.dossiers[name].enrollment.structure
            DeclaredLink.objects.create(
                juror=self.jurors[juror], structure=structure, nature="Ancien collègue"
            )
        criteria = GridCriterion.objects.filter(framework__version="2026-1")
        self.marks = {test: {row.pk: 3 for row in criteria.filter(test=test)} for test in TestKind.values}
        self.domains = frozenset(builders.all_domains())


def rules_of(number: int, mode: str):
    return CertificationSettingsFactory(version=number, release_mode=mode)


def everything() -> list:
    """Every row that an act on a jury may write, as it stands."""
    models = [*apps.get_app_config("juries").get_models(), Enrollment, JournalHead, Work]
    return [list(model.objects.order_by("pk").values_list()) for model in models]


class Preparation(RuleBasedStateMachine):
    """What the certifier does before the day. A jury at a time; another once it is cancelled."""

    world: World
    refused: set[tuple[str, str]] = set()
    """Which acts were refused in which states, over all the examples."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        head = JournalHead.objects.filter(pk=1).first() or JournalHead()
        self.ledger = Ledger(head.sequence, head.hash)
        self.standing: list | None = None  # every row, as long as nothing was done since
        self.renamed = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def attempt(self, allowed: bool, act, *, by=None, **facts):
        """Do an act that must pass, or one that must be refused in a French sentence and leave every row."""
        if not allowed:
            self.must_refuse(act, by=by or self.world.certifier, **facts)
            return None
        self.standing = None
        try:
            return act(by=by or self.world.certifier, **facts) or True
        except DomainError as refusal:
            raise AssertionError(f"{act.__name__} was refused: {refusal.message}") from refusal

    def must_refuse(self, act, **facts) -> None:
        before = self.standing or everything()
        try:
            act(**facts)
        except DomainError as refusal:
            said = refusal.message
        else:
            raise AssertionError(f"{act.__name__} was done in a session « {self.expected.state} »")
        self.standing = everything()
        assert SENTENCE.fullmatch(said), said
        assert self.standing == before, f"{act.__name__} was refused, and wrote"
        self.refused.add((act.__name__, self.expected.state))

    def user(self, juror: str):
        return self.world.jurors[juror].user

    def plan_anew(self) -> None:
        place = {"venue": "Maison des associations", "postcode": "34200", "city": "Sète"}
        self.session = self.attempt(True, plan_session, held_on=clock.today(), **place)
        JurySession.objects.filter(pk=self.session.pk).update(rules=self.world.rules[self.mode])
        self.expected = Expected(COLLEGES, LINKS, self.mode, SessionState.PLANNED)
        self.rows, self.content = {}, None

    def compose(self, candidates) -> None:
        self.seat("Anne", True)
        self.seat("Chloé", False)
        for name in candidates:
            self.add(name, True)

    @precondition(lambda self: self.expected.state == SessionState.CANCELLED)
    @rule()
    def plan_another(self) -> None:
        self.plan_anew()
        self.compose(["Samira"])

    @rule(juror=jurors, presides=some.booleans())
    def seat(self, juror, presides) -> None:
        allowed = self.expected.may_seat(juror, presides)
        facts = {"juror": self.world.jurors[juror], "is_president": presides}
        if self.attempt(allowed, seat_juror, session=self.session, **facts):
            self.expected.seats[juror] = Sitting(presides=presides)

    @rule(juror=jurors)
    def withdraw(self, juror) -> None:
        if seat := self.session.seats.filter(juror=self.world.jurors[juror]).first():
            allowed = self.expected.may_withdraw(juror)
            if self.attempt(allowed, withdraw_juror, seat=seat, reason="Malade"):
                self.expected.seats[juror] = Sitting(held=False)

    @rule(juror=jurors)
    def preside(self, juror) -> None:
        seat = self.session.seats.filter(juror=self.world.jurors[juror]).first()
        if seat and self.attempt(self.expected.may_preside(juror), name_president, seat=seat):
            for name, row in self.expected.seats.items():
                row.presides = name == juror

    @rule(name=names, timed=some.booleans())
    def add(self, name, timed) -> None:
        at = dict(zip(("production_at", "interview_at"), HOURS[name], strict=True)) if timed else {}
        facts = {"session": self.session, "dossier": self.world.dossiers[name]}
        row = self.attempt(self.expected.may_add(name), add_candidate, **facts, **at)
        if row:
            self.expected.coming[name], self.rows[name] = Coming(timed), row

    @rule(name=names)
    def remove(self, name) -> None:
        row, allowed = self.rows.get(name), self.expected.may_change(name)
        if row and self.attempt(allowed, remove_candidate, candidate=row, reason="Congé"):
            del self.expected.coming[name]

    @rule(name=names)
    def give_times(self, name) -> None:
        if row := self.rows.get(name):
            at = dict(zip(("production_at", "interview_at"), HOURS[name], strict=True))
            if self.attempt(self.expected.may_change(name), set_times, candidate=row, **at):
                self.expected.coming[name].timed = True

    @rule()
    def convene(self) -> None:
        if self.attempt(self.expected.may_convene(), convene, session=self.session):
            self.expected.state = SessionState.CONVENED

    @rule()
    def open(self) -> None:
        if self.attempt(self.expected.may_open(), open_session, session=self.session):
            self.expected.state = SessionState.OPEN

    @rule(reason=some.sampled_from(["", " ", "\n", "Grève"]))
    def cancel(self, reason) -> None:
        allowed = self.expected.may_cancel() and bool(reason.strip())
        if self.attempt(allowed, cancel_session, session=self.session, reason=reason):
            self.expected.state = SessionState.CANCELLED
