"""The gateway: whether a dossier can go before a jury, and one French sentence a piece on what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from core.formats import counted, hours, joined, shortdate
from core.hashing import fingerprint
from evaluations.enums import DossierState, Family, Piece, SheetState, SignatureRole
from evaluations.models import Competency, CurrentLevel, Dossier, DossierSignature, ExperienceSheet, Framework
from evaluations.queries.evaluations import SLUGS
from trainees.enums import EnrollmentState, EnrollmentStep, Modality
from trainees.models import Enrollment, Immersion, TrainingPlan
from trainees.models.enrollments.enrollment import LEAST_MINUTES

NAMED_AT_MOST = 3
BOOKLET_SLUGS = {family: slug for slug, family in SLUGS.items()}


@dataclass(frozen=True)
class PieceStatus:
    """One piece of the dossier: complete or not, its sentence, and the page where it is completed."""

    piece: Piece
    ok: bool
    sentence: str
    view: str
    arguments: tuple
    anchor: str = ""

    @property
    def url(self) -> str:
        return reverse(self.view, args=self.arguments) + self.anchor

    @property
    def label(self) -> str:
        return self.piece.label


@dataclass(frozen=True)
class Gateway:
    """The state of the pieces of one enrolment at one moment.

    `obstacle` is why nothing can be sealed whatever the pieces (under examination, on a break…), or is
    empty. `fingerprint` is that of what the three people sign.
    """

    pieces: list[PieceStatus]
    attempt: int
    fingerprint: str
    signatures: dict[str, DossierSignature]
    obstacle: str

    @property
    def ready(self) -> bool:
        return not self.obstacle and all(piece.ok for piece in self.pieces)

    @property
    def signable(self) -> bool:
        """Whether every piece but the signatures is complete: a dossier is signed only then."""
        return not self.obstacle and all(piece.ok for piece in self.pieces if piece.piece != Piece.SIGNATURES)

    @property
    def missing(self) -> list[PieceStatus]:
        return [piece for piece in self.pieces if not piece.ok]


def read_gateway(enrollment: Enrollment) -> Gateway:
    """Read the six pieces in their order, in at most eight queries whatever the enrolment holds."""
    facts = _Facts.of(enrollment)
    pieces = [
        _identity(enrollment),
        _hours(enrollment, facts),
        _competencies(enrollment, facts),
        _sheets(enrollment, facts),
        _immersion(enrollment, facts),
        _signatures(enrollment, facts),
    ]
    return Gateway(
        pieces=pieces,
        attempt=facts.attempt,
        fingerprint=facts.fingerprint,
        signatures=facts.valid_signatures,
        obstacle=_obstacle(enrollment, facts),
    )


@dataclass(frozen=True)
class _Facts:
    framework: Framework | None
    plan: TrainingPlan | None
    competencies: list[Competency]
    sheets: list[ExperienceSheet]
    immersions: list[Immersion]
    last_dossier: Dossier | None
    signatures: list[DossierSignature]
    fingerprint: str

    @classmethod
    def of(cls, enrollment: Enrollment) -> "_Facts":
        levels = CurrentLevel.objects.filter(enrollment=enrollment, competency=OuterRef("pk"))
        competencies = list(
            Competency.objects.for_enrollment(
                version=enrollment.framework_version, support_id=enrollment.support_id
            )
            .select_related("domain__module", "domain__framework")
            .annotate(rank=Subquery(levels.values("rank")[:1]))
        )
        sheets = list(enrollment.sheets.only("id", "enrollment_id", "state", "done_on", "title"))
        last = enrollment.dossiers.defer("snapshot").order_by("-attempt").first()
        return cls(
            framework=Framework.objects.filter(version=enrollment.framework_version).first(),
            plan=enrollment.plans.first(),
            competencies=competencies,
            sheets=sheets,
            immersions=list(enrollment.immersions.all()),
            last_dossier=last,
            signatures=list(enrollment.signatures.filter(attempt=_signed_attempt(enrollment, last))),
            fingerprint=_fingerprint(enrollment, competencies, sheets),
        )

    @property
    def attempt(self) -> int:
        return _next_attempt(self.last_dossier)

    @property
    def valid_signatures(self) -> dict[str, DossierSignature]:
        """Those of a sealed attempt, or those given to the present content."""
        return {
            row.role: row
            for row in self.signatures
            if row.attempt < self.attempt or row.signed_sha256 == self.fingerprint
        }


def _signed_attempt(enrollment: Enrollment, last: Dossier | None) -> int:
    """The attempt whose signatures are shown: the last while it is examined or before a jury, else the next."""
    before_jury = enrollment.step in (EnrollmentStep.JURY, EnrollmentStep.CERTIFICATE)
    return (
        last.attempt if last and (before_jury or last.state == DossierState.SEALED) else _next_attempt(last)
    )


def _next_attempt(last: Dossier | None) -> int:
    return last.attempt + 1 if last else 1


def _fingerprint(enrollment: Enrollment, competencies: list, sheets: list) -> str:
    """SHA-256 of what people sign: the levels, the hours by modality and the validated sheets."""
    signed = {
        "hours": [getattr(enrollment, f"done_{modality}_minutes") for modality in Modality.values],
        "levels": {str(competency.pk): competency.rank for competency in competencies},
        "sheets": sorted(str(sheet.pk) for sheet in sheets if sheet.state == SheetState.VALIDATED),
    }
    return fingerprint(signed)


def _identity(enrollment: Enrollment) -> PieceStatus:
    trainee = enrollment.trainee
    place = trainee.birth_place or trainee.birth_country
    sentence = f"{trainee}, {shortdate(trainee.birth_date)}, {place}."
    if not trainee.is_identity_complete:
        sentence = f"La commune de naissance de {trainee} manque : le certificat la porte."
    ok = trainee.is_identity_complete
    return PieceStatus(Piece.IDENTITY, ok, sentence, "trainees:identity", (enrollment.pk,))


def _hours(enrollment: Enrollment, facts: _Facts) -> PieceStatus:
    total, plan = enrollment.done_minutes, facts.plan
    if plan is None:
        sentence = "Le plan de formation n’est pas encore établi : il fixe les heures de chaque modalité."
        return PieceStatus(Piece.HOURS, False, sentence, "trainees:plan", (enrollment.pk,))
    lacking = [
        f"{hours(planned - done)} {modality.label}"
        for modality in Modality
        for planned, done in [
            (getattr(plan, f"{modality}_minutes"), getattr(enrollment, f"done_{modality}_minutes"))
        ]
        if done < planned
    ]
    sentence = f"{hours(total)} faites, le plan de {hours(plan.total_minutes)} est tenu."
    if lacking:
        sentence = (
            f"Il manque {joined(lacking)} : {hours(total)} faites sur {hours(plan.total_minutes)} prévues."
        )
    elif total < LEAST_MINUTES:
        sentence = f"{hours(total)} faites : un parcours en compte au moins {hours(LEAST_MINUTES)}."
    ok = not lacking and total >= LEAST_MINUTES
    return PieceStatus(Piece.HOURS, ok, sentence, "trainees:hours", (enrollment.pk,))


def _competencies(enrollment: Enrollment, facts: _Facts) -> PieceStatus:
    total = len(facts.competencies)
    missing = [competency for competency in facts.competencies if competency.rank is None]
    shown = [*missing, *facts.competencies][:1]
    slug = BOOKLET_SLUGS[Family(shown[0].domain.module.family) if shown else Family.KEY]
    if total == 0:
        sentence = f"Le référentiel {enrollment.framework_version} n’a aucune compétence pour ce support."
    elif missing:
        named = [f"{competency.code} {competency.label}" for competency in missing[:NAMED_AT_MOST]]
        rest = len(missing) - len(named)
        sentence = f"{_are_not_evaluated(len(missing), total)} : {' ; '.join(named)}{_and_others(rest)}."
    else:
        threshold = facts.competencies[0].domain.framework.threshold
        below = sum(row.rank is not None and row.rank < threshold for row in facts.competencies)
        sentence = f"{counted(total, 'compétence évaluée,compétences évaluées')}"
        sentence += f", dont {below} sous le niveau {threshold}." if below else "."
    ok = bool(total) and not missing
    return PieceStatus(Piece.COMPETENCIES, ok, sentence, "evaluations:booklet", (enrollment.pk, slug))


def _are_not_evaluated(missing: int, total: int) -> str:
    if missing == 1:
        return f"Une compétence sur {total} n’est pas encore évaluée"
    return f"{missing} compétences sur {total} ne sont pas encore évaluées"


def _and_others(count: int) -> str:
    return {0: "", 1: " et une autre"}.get(count, f" et {count} autres")


def _sheets(enrollment: Enrollment, facts: _Facts) -> PieceStatus:
    required = facts.framework.experience_sheets_required if facts.framework else 0
    validated = sum(sheet.state == SheetState.VALIDATED for sheet in facts.sheets)
    waiting = sum(sheet.state == SheetState.SUBMITTED for sheet in facts.sheets)
    sentence = f"{counted(validated, 'fiche validée,fiches validées')} sur {required} demandées."
    if validated < required:
        lacking = counted(required - validated, "fiche d’expérience validée,fiches d’expérience validées")
        sentence = f"Il manque {lacking} sur {required}"
        sentence += (
            f" ; {counted(waiting, 'fiche attend,fiches attendent')} d’être validée{'s' if waiting > 1 else ''}."
            if waiting
            else "."
        )
    return PieceStatus(
        Piece.SHEETS, validated >= required, sentence, "evaluations:sheet_list", (enrollment.pk,)
    )


def _immersion(enrollment: Enrollment, facts: _Facts) -> PieceStatus:
    confirmed = [row for row in facts.immersions if row.confirmed_at]
    where, ok = "trainees:hours", True
    if confirmed:
        hosts = joined(sorted({row.host_name for row in confirmed}))
        sentence = f"{counted(len(confirmed), 'immersion faite,immersions faites')}, chez {hosts}."
    elif facts.framework and not facts.framework.immersion_required:
        sentence = "Le référentiel ne demande pas d’immersion."
    elif facts.immersions:
        first = facts.immersions[0]
        sentence = (
            f"L’immersion chez {first.host_name}, jusqu’au {shortdate(first.ends_on)}, reste à confirmer."
        )
        ok = False
    else:
        sentence = "Aucune immersion en entreprise n’est prévue : le parcours en demande une, confirmée."
        where, ok = "trainees:immersion_add", False
    return PieceStatus(Piece.IMMERSION, ok, sentence, where, (enrollment.pk,))


def _signatures(enrollment: Enrollment, facts: _Facts) -> PieceStatus:
    stale = [row for row in facts.signatures if row.role not in facts.valid_signatures]
    missing = [role for role in SignatureRole if role not in facts.valid_signatures]
    sentence = "Les trois signatures sont données."
    if missing:
        lacking = joined(_signature_of(role) for role in missing)
        sentence = f"Il manque {'la signature' if len(missing) == 1 else 'les signatures'} {lacking}"
        since = max((row.signed_at for row in stale), default=None)
        sentence += (
            f" : le dossier a changé depuis le {shortdate(since)}, on le signe de nouveau." if since else "."
        )
    return PieceStatus(
        Piece.SIGNATURES, not missing, sentence, "evaluations:gateway", (enrollment.pk,), "#signatures"
    )


def _signature_of(role: SignatureRole) -> str:
    return {
        SignatureRole.TRAINEE: "du salarié",
        SignatureRole.TRAINER: "de l’encadrement",
        SignatureRole.DIRECTOR: "de la direction",
    }[role]


def _obstacle(enrollment: Enrollment, facts: _Facts) -> str:
    return next(_obstacles(enrollment, facts), "")


def _obstacles(enrollment: Enrollment, facts: _Facts) -> Iterator[str]:
    last = facts.last_dossier
    if not enrollment.is_open:
        yield f"Le parcours est clos ({enrollment.get_state_display()}) : il n’y a plus de dossier à sceller."
    if enrollment.state == EnrollmentState.SUSPENDED:
        yield "Le parcours est en pause : reprenez-le avant de sceller le dossier."
    if last and last.state == DossierState.SEALED:
        yield f"Le dossier est déjà scellé, le {shortdate(last.sealed_at)} : le certificateur l’examine."
    if enrollment.step in (EnrollmentStep.JURY, EnrollmentStep.CERTIFICATE):
        yield "Le dossier est accepté : la suite se passe devant le jury."
