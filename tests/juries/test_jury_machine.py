"""Acts on a jury in any order: what the model allows is done, the rest is refused and changes nothing."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from certificates.models import Certificate
from certificates.services.register.lines import replace_certificate, revoke_certificate
from evaluations.enums import TestKind
from juries.enums import Outcome, ReleaseMode, SessionState
from juries.models import Appraisal, Decision, Minutes, MinutesSignature
from juries.services.jury_day.appraisals import save_appraisal, submit_appraisal
from juries.services.results.decisions import decide
from juries.services.results.minutes import close_deliberation, sign_minutes
from juries.services.results.release import release_results
from juries.services.results.reversal import reverse_decision
from juries.services.sessions import record_presence
from tests.juries import appeal_builders, builders
from tests.juries.machines import Preparation, World, jurors, names

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORDS = {"reason": "Les gestes demandent encore de l’aide.", "recommendation": "Deux mois de plus."}

tests = some.sampled_from(TestKind.values)
outcomes = some.sampled_from(Outcome.values)

STAGES = ("planned", "composed", "convened", "open", "heard", "decided", "closed", "released")
"""From where the examples start."""


class JuryMachine(Preparation):
    """The day, the deliberation, and what comes after."""

    stage: str

    @initialize(mode=some.sampled_from(ReleaseMode.values), both=some.booleans())
    def begin(self, mode, both) -> None:
        self.mode = mode
        self.plan_anew()
        steps = {
            "composed": lambda: self.compose(["Samira", "Paul"] if both else ["Samira"]),
            "convened": self.convene,
            "open": self.open,
            "heard": self.hear,
            "decided": lambda: [
                self.decide("Anne", name, Outcome.CERTIFIED) for name in self.expected.coming
            ],
            "closed": lambda: self.close("Anne"),
            "released": lambda: (self.sign("Chloé"), self.sign("Anne"), self.release(True)),
        }
        for step in STAGES[1 : STAGES.index(self.stage) + 1]:
            steps[step]()

    def hear(self) -> None:
        self.call({"Anne", "Chloé"}, set())
        for name in self.expected.coming:
            self.hand_in(name)

    @rule(name=names)
    def hand_in(self, name) -> None:
        """Everybody who may still appraise somebody does."""
        for juror in self.expected.held if name in self.expected.coming else ():
            for test in TestKind.values:
                if self.expected.may_appraise(juror, name, test):
                    self.appraise(juror, name, test)
                    self.submit(juror, name, test)

    @rule(there=some.sets(jurors, min_size=1), away=some.sets(names))
    def call(self, there, away) -> None:
        away &= self.rows.keys()
        facts = {
            "jurors_present": [self.world.jurors[name] for name in there],
            "candidates_absent": [self.rows[name] for name in away],
        }
        if self.attempt(self.expected.may_call(there, away), record_presence, session=self.session, **facts):
            for name, seat in self.expected.seats.items():
                seat.present = seat.held and name in there
            for name, row in self.expected.coming.items():
                row.absent = name in away

    @rule(juror=jurors, name=names, test=tests)
    def appraise(self, juror, name, test) -> None:
        if row := self.expected.coming.get(name):
            facts = {"candidate": self.rows[name], "juror": self.world.jurors[juror], "test": test}
            facts |= {"marks": self.world.marks[test], "validated": True, "by": self.user(juror)}
            if self.attempt(self.expected.may_appraise(juror, name, test), save_appraisal, **facts):
                row.drafts.add((juror, test))

    @rule(juror=jurors, name=names, test=tests)
    def submit(self, juror, name, test) -> None:
        row = self.expected.coming.get(name)
        if row and (juror, test) in row.drafts:
            facts = {"candidate": self.rows[name], "juror": self.world.jurors[juror], "test": test}
            appraisal = Appraisal.objects.get(**facts)
            allowed = self.expected.may_appraise(juror, name, test)
            if self.attempt(allowed, submit_appraisal, appraisal=appraisal, by=self.user(juror)):
                row.handed.add((juror, test))

    def draft(self, outcome: str) -> dict:
        both = outcome == Outcome.CERTIFIED
        won = {Outcome.CERTIFIED: self.world.domains, Outcome.PARTIAL: sorted(self.world.domains)[:1]}
        draft = {"outcome": outcome, "acquired": won.get(outcome, ())}
        return draft | {"production_validated": both, "interview_validated": both, **WORDS}

    @rule(juror=jurors, name=names, outcome=outcomes)
    def decide(self, juror, name, outcome) -> None:
        if row := self.expected.coming.get(name):
            facts = {"candidate": self.rows[name], "by": self.user(juror), **self.draft(outcome)}
            if self.attempt(self.expected.may_decide(juror, name, outcome), decide, **facts):
                row.outcome = outcome

    @rule(juror=jurors)
    def close(self, juror) -> None:
        allowed = self.expected.may_close(juror)
        minutes = self.attempt(allowed, close_deliberation, session=self.session, by=self.user(juror))
        if minutes:
            self.expected.state, self.content = SessionState.DELIBERATED, minutes.content

    @rule(juror=jurors)
    def sign(self, juror) -> None:
        minutes = Minutes.objects.filter(session=self.session).first() or Minutes(session=self.session)
        facts = {"minutes": minutes, "juror": self.world.jurors[juror], "by": self.user(juror)}
        if self.attempt(self.expected.may_sign(juror), sign_minutes, **facts):
            self.expected.sign(juror)

    @rule(certifier=some.booleans())
    def release(self, certifier) -> None:
        by = self.world.certifier if certifier else self.user("Anne")
        if self.attempt(
            certifier and self.expected.may_release(), release_results, session=self.session, by=by
        ):
            self.expected.release()

    @rule(name=names, outcome=outcomes)
    def reverse(self, name, outcome) -> None:
        row = self.expected.coming.get(name)
        if not row or not row.outcome or row.outcome == outcome != Outcome.CERTIFIED:
            return
        appeal = appeal_builders.accepted(self.rows[name].decisions.in_force().get())
        self.standing = None
        facts = {"appeal": appeal, "closed_reason": "Recours accepté"}
        allowed = self.expected.may_reverse(name, outcome)
        if self.attempt(allowed, reverse_decision, **facts, **self.draft(outcome)):
            self.expected.reverse(name, outcome)

    def last_certificate(self, name: str) -> Certificate | None:
        row = self.rows.get(name)
        return (
            Certificate.objects.filter(enrollment=row.enrollment_id).order_by("sequence").last()
            if row
            else None
        )

    @rule(name=names)
    def revoke(self, name) -> None:
        if certificate := self.last_certificate(name):
            facts = {"certificate": certificate, "reason": "Fraude"}
            if self.attempt(self.expected.may_take_back(name), revoke_certificate, **facts):
                self.expected.coming[name].certificates[-1] = "revoked"

    @rule(name=names)
    def replace(self, name) -> None:
        if certificate := self.last_certificate(name):
            self.renamed += 1
            facts = {"changes": {"usage_name": f"MARTIN{self.renamed}"}, "reason": "Mariage"}
            allowed = self.expected.may_take_back(name)
            if self.attempt(allowed, replace_certificate, certificate=certificate, **facts):
                self.expected.coming[name].certificates[-1:] = ["replaced", "standing"]

    @invariant()
    def all_is_as_expected(self) -> None:
        """After each act that was done; those refused have left every row."""
        if self.standing is None and hasattr(self, "expected"):
            assert builders.reread(self.session).state == self.expected.state
            signed = MinutesSignature.objects.filter(minutes__session=self.session)
            assert signed.count() == len(self.expected.signed)
            minutes = Minutes.objects.filter(session=self.session)
            assert [row.content for row in minutes] == ([self.content] if self.content else [])
            for name, row in self.expected.coming.items():
                self.decision_and_certificates(self.rows[name], row)
            assert list(self.ledger.faults()) == []

    def decision_and_certificates(self, candidate, row) -> None:
        """One decision in force, and the certificates that it brought, in the order of their numbers."""
        standing = Decision.objects.in_force().filter(candidate=candidate)
        assert [decision.outcome for decision in standing] == ([row.outcome] if row.outcome else [])
        entered = Certificate.objects.filter(enrollment=candidate.enrollment_id).order_by("sequence")
        told = ["standing" if line.is_valid else line.state for line in entered]
        assert told == row.certificates


@pytest.mark.parametrize(
    "start",
    [pytest.param(stage, marks=[] if stage == "heard" else pytest.mark.exhaustive) for stage in STAGES],
)
def test_whatever_is_tried_in_any_order_only_what_is_allowed_is_done(start):
    class Jury(JuryMachine):
        world = World()
        stage = start
        refused = set()

    run_state_machine_as_test(
        Jury,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink thirty acts takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert len(Jury.refused) > 3
