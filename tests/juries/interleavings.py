"""One race: a random script for a few tabs, played in a random interleaving, then what must hold of it."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from certificates.enums import CertificateState
from certificates.models import Certificate, RegisterYear
from core.errors import StaleState
from core.hashing import fingerprint
from core.models import JournalEntry, JournalHead
from core.models.journal import GENESIS
from juries.enums import LetterKind, Outcome, SessionState
from juries.models import Decision, JurySession, Letter, Minutes, PartialAttestation
from tests.juries.races import REVERSED, Jury, NotThere, SharedRows, open_jury
from tests.juries.scheduler import Act, Scheduler

OUTCOMES = (Outcome.CERTIFIED, Outcome.CERTIFIED, Outcome.PARTIAL, Outcome.NOT_CERTIFIED)
STAGES = ("heard", "heard", "decided", "closed", "signed", "released")
SHARES = {  # what the tabs are about, by the moment at which the race starts; the first one always twice
    "heard": {"preside": 6, "name president": 2, "sign": 1, "call": 1, "cancel": 1, "stop": 1},
    "decided": {"preside": 4, "sign": 4, "release": 2, "name president": 1, "cancel": 1, "stop": 1},
    "closed": {"sign": 6, "release": 3, "preside": 1, "stop": 2},
    "signed": {"release": 6, "reverse": 3, "sign": 1, "revoke": 1, "stop": 2},
    "released": {"reverse": 4, "revoke": 2, "replace": 3, "release": 1, "stop": 1},
}


class Scripts:
    """What each tab does, drawn by `chance`."""

    def __init__(self, jury: Jury, chance: random.Random) -> None:
        self.jury, self.chance = jury, chance

    def draw(self, stage: str, tabs: int) -> list[list[Act]]:
        main, *_ = shares = SHARES[stage]
        about = [main, main, *self.chance.choices(list(shares), shares.values(), k=tabs)][:tabs]
        return [self._insist(list(getattr(self, f"_{kind.replace(' ', '_')}")())) for kind in about]

    def _insist(self, acts: list[Act]) -> list[Act]:
        """Somebody clicks twice, or starts all over again."""
        again = self.chance.choice(["no", "no", "each", "all"])
        if again == "all":
            return acts + [Act(act.name, act.do) for act in acts]
        twice = 2 if again == "each" else 1
        return [Act(act.name, act.do) for act in acts for _ in range(twice)]

    def _preside(self) -> Iterator[Act]:
        jury = self.jury
        juror = self.chance.choice([jury.shared.president, jury.shared.president, jury.shared.deputy])
        for candidate in self.chance.sample(jury.candidates, len(jury.candidates)):
            yield self._act("decide", jury.decide, juror, candidate, self.chance.choice(OUTCOMES))
        yield self._act("close", jury.close, juror)
        yield self._act("sign", jury.sign, juror)

    def _name_president(self) -> Iterator[Act]:
        shared = self.jury.shared
        for juror in self.chance.sample([shared.president, shared.deputy], 2):
            yield self._act("name president", self.jury.name_president, juror)

    def _sign(self) -> Iterator[Act]:
        shared = self.jury.shared
        first, second = self.chance.sample(shared.jurors, 2)
        yield self._act("sign", self.jury.sign, first)
        yield self._act("sign", self.jury.sign, self.chance.choice([first, second]))

    def _release(self) -> Iterator[Act]:
        yield self._act("release", self.jury.release)

    def _cancel(self) -> Iterator[Act]:
        yield self._act("cancel", self.jury.cancel)

    def _call(self) -> Iterator[Act]:
        yield self._act("call", self.jury.call)

    def _reverse(self) -> Iterator[Act]:
        yield self._act("reverse", self.jury.reverse, self._anybody(), self.chance.choice(OUTCOMES))

    def _revoke(self) -> Iterator[Act]:
        yield self._act("revoke", self.jury.revoke, self._anybody())

    def _replace(self) -> Iterator[Act]:
        name = self.chance.choice(["MARTIN", "BERNARD", "PETIT"])
        yield self._act("replace", self.jury.replace, self._anybody(), name)

    def _stop(self) -> Iterator[Act]:
        for candidate in self.chance.sample(self.jury.candidates, len(self.jury.candidates)):
            yield self._act("stop", self.jury.stop_enrollment, candidate)

    def _anybody(self):
        return self.chance.choice(self.jury.candidates)

    def _act(self, name: str, act: Callable, *facts) -> Act:
        return Act(name, partial(act, *facts))


def bring_to(jury: Jury, stage: str) -> None:
    """Bring an open jury to a moment of its life, one act after the other."""
    steps = STAGES[1:].index(stage)
    shared = jury.shared
    if steps >= 1:
        for candidate, outcome in zip(jury.candidates, OUTCOMES[1:], strict=False):
            jury.decide(shared.president, candidate, outcome)
    if steps >= 2:
        jury.close(shared.president)
    if steps >= 3:
        for juror in reversed(shared.jurors):
            jury.sign(juror)
    if steps >= 4 and _state(jury) == SessionState.DELIBERATED:
        jury.release()


def end(jury: Jury) -> None:
    """Do what is left to do, one act after the other: no order of acts may have left a jury stuck."""
    president = jury.session.seats.select_related("juror__user").get(is_president=True).juror
    if _state(jury) == SessionState.OPEN:
        for candidate in jury.candidates:
            if not candidate.decisions.in_force().exists():
                jury.decide(president, candidate, Outcome.CERTIFIED)
        jury.close(president)
    if _state(jury) == SessionState.DELIBERATED:
        signed = set(Minutes.objects.get(session=jury.session).signatures.values_list("juror", flat=True))
        for juror in sorted(jury.shared.jurors, key=lambda juror: juror == president):
            if juror.pk not in signed:
                jury.sign(juror)
    if _state(jury) == SessionState.DELIBERATED:
        jury.release()


def _state(jury: Jury) -> str:
    return JurySession.objects.values_list("state", flat=True).get(pk=jury.session.pk)


def faults_of(jury: Jury) -> Iterator[str]:
    """What is wrong with a jury that has ended, whatever was tried: nothing."""
    minutes = list(Minutes.objects.filter(session=jury.session).prefetch_related("signatures"))
    state = _state(jury)
    if state == SessionState.CANCELLED:
        if minutes or Certificate.objects.filter(batch_id=jury.session.pk):
            yield "minutes or certificates of a cancelled jury"
        return
    if (state, len(minutes)) != (SessionState.RELEASED, 1):
        yield f"{len(minutes)} minutes of a jury that has stopped at « {state} »"
        return
    yield from _faults_of_minutes(jury, minutes[0])
    yield from _faults_of_papers(jury)
    recorded = Counter(JournalEntry.objects.filter(topic_id=jury.session.pk).values_list("action", flat=True))
    for action in ("juries.session.deliberated", "juries.session.released"):
        if recorded[action] != 1:
            yield f"{recorded[action]} × {action}"


def _faults_of_papers(jury: Jury) -> Iterator[str]:
    """One attestation for each partial decision in force, one letter of result to each candidate."""
    partial = Decision.objects.in_force().filter(candidate__session=jury.session, outcome=Outcome.PARTIAL)
    standing = PartialAttestation.objects.not_revoked().filter(decision__candidate__session=jury.session)
    if set(partial.values_list("pk")) != set(standing.values_list("decision")):
        yield "attestations missing, or on decisions that no longer hold"
    letters = Letter.objects.filter(session=jury.session, kind=LetterKind.RESULT, replaced_at=None)
    if Counter(letters.values_list("enrollment", flat=True)) != Counter(
        row.enrollment_id for row in jury.candidates
    ):
        yield "not one letter of result to each candidate"


def _faults_of_minutes(jury: Jury, minutes: Minutes) -> Iterator[str]:
    if fingerprint(minutes.content) != minutes.content_sha256:
        yield "the minutes have moved"
    signed = Counter(row.juror_id for row in minutes.signatures.all())
    if signed != Counter(juror.pk for juror in jury.shared.jurors):
        yield f"signatures missing or double: {signed}"
    written = {row["id"]: row["outcome"] for row in minutes.content["candidates"]}
    for candidate in jury.candidates:
        decisions = candidate.decisions.order_by("decided_at")
        decisions = decisions.select_related("certificate").prefetch_related("domains")
        yield from _faults_of_decisions(list(decisions), written[str(candidate.pk)], len(jury.shared.domains))


def _last_line_of(decision: Decision) -> Certificate | None:
    """The line of the register that a decision gave, or the last one that replaced it."""
    line = decision.certificate
    while line and line.state == CertificateState.REPLACED:
        line = line.replaced_by
    return line


def _faults_of_decisions(decisions: list[Decision], written: str, domains: int) -> Iterator[str]:
    if sum(row.closed_at is None for row in decisions) != 1 or decisions[-1].closed_at:
        yield f"decisions in force: {[row.closed_at is None for row in decisions]}"
    at_closing = next((row for row in decisions if row.closed_reason in ("", REVERSED)), None)
    if at_closing is None or at_closing.outcome != written:
        yield f"the minutes say {written}"
    standing = 0
    for row in decisions:
        line = _last_line_of(row)
        entered = [line] if line else []
        was_released = row.closed_reason in ("", REVERSED)
        if len(entered) != (row.outcome == Outcome.CERTIFIED and was_released):
            yield f"{len(entered)} certificates for « {row.outcome} », closed by « {row.closed_reason} »"
        if row.closed_at and any(line.is_valid for line in entered):
            yield "a certificate stands on a decision that was reversed"
        standing += sum(line.is_valid for line in entered)
        if len(row.domains.all()) != domains:
            yield f"a decision on {len(row.domains.all())} domains of {domains}"
    if standing > 1:
        yield f"{standing} certificates stand for one candidate"


@dataclass
class Ledger:
    """What runs through all the races: the register and the journal, read on from where they were sound."""

    sequence: int = 0
    hash: str = GENESIS

    def faults(self) -> Iterator[str]:
        for entry in JournalEntry.objects.filter(sequence__gt=self.sequence).order_by("sequence"):
            if (entry.sequence, entry.previous_hash) != (self.sequence + 1, self.hash) or not entry.is_intact:
                yield f"the journal breaks at {entry.sequence}"
            self.sequence, self.hash = entry.sequence, entry.hash
        head = JournalHead.objects.filter(pk=1).first() or JournalHead()
        if (head.sequence, head.hash) != (self.sequence, self.hash):
            yield "the end of the journal is elsewhere"
        for year in RegisterYear.objects.all():
            lines = Certificate.objects.filter(year=year.year)
            highest = lines.order_by("-sequence").values_list("sequence", flat=True).first()
            if not lines.count() == year.last == (highest or 0):
                yield f"{lines.count()} lines up to {highest}, the register says {year.last}"


@dataclass
class Score:
    """What the races came to."""

    races: int = 0
    statements: int = 0
    switches: int = 0
    waits: int = 0
    outcomes: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def play(seed: int, shared: SharedRows, ledger: Ledger, score: Score) -> None:
    """One race; the same seed plays the same one again. A script, or an interleaving, that broke raises."""
    chance = random.Random(seed)
    juries, tabs = [], {}
    for place in range(chance.choice([1, 1, 1, 2])):
        stage = chance.choice(STAGES)
        rules = shared.by_hand if stage == "signed" or chance.random() < 0.4 else shared.at_once
        jury = open_jury(shared, rules, size=chance.choice([1, 2, 2]))
        bring_to(jury, stage)
        juries.append(jury)
        for number, acts in enumerate(Scripts(jury, chance).draw(stage, chance.choice([2, 2, 3, 4]))):
            tabs[f"{place}.{number}"] = acts
    scheduler = Scheduler(tabs, chance, repeat=chance.choice([0, 0.5, 0.9, 0.97]))
    scheduler.play()
    for jury in juries:
        end(jury)
        score.faults += [f"seed {seed}: {fault}" for fault in faults_of(jury)]
    score.faults += [f"seed {seed}: {fault}" for fault in ledger.faults()]
    score.races += 1
    score.statements += scheduler.statements
    score.switches += scheduler.switches
    score.waits += scheduler.waits
    for acts in tabs.values():
        score.outcomes.update((act.name, _word_of(outcome)) for act in acts for outcome in act.outcomes)


def _word_of(outcome) -> str:
    if outcome is None:
        return "done"
    if isinstance(outcome, NotThere):
        return "not there yet"
    return "stale" if isinstance(outcome, StaleState) else "refused"
