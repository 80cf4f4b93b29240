"""Experience sheets: written by the trainee or the team, submitted, validated or returned."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Max, TextField

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import shortdate
from core.services.journal import record
from core.texts import required_reason
from evaluations.enums import SHEET_MOVES, SheetState
from evaluations.models import Competency, ExperienceSheet, SheetCompetency
from trainees.models import Enrollment
from trainees.services.locks import lock_open_enrollment

MOST_CLAIMS = 12
MISSING_WORDS = {
    "what": "ce que vous avez fait",
    "where": "où c’était",
    "learnt": "ce que vous avez appris",
}


@transaction.atomic
def write_sheet(
    *,
    enrollment: Enrollment,
    title: str,
    done_on: date,
    what: str,
    where: str,
    tools: str = "",
    people: str = "",
    learnt: str = "",
    claims: Mapping[UUID, int] = {},
    sheet_id: UUID | None = None,
    by: User,
) -> ExperienceSheet:
    """Begin a sheet, as a draft; `claims` gives the mastery rank shown in each competency.

    `sheet_id` is made by the page: sending it twice gives the same sheet once. Refused: no title, a day to
    come or before the enrolment began, a competency of another framework or support, a rank off the scale.
    """
    enrollment = lock_open_enrollment(enrollment)
    if sheet_id and (sent := ExperienceSheet.objects.filter(pk=sheet_id, enrollment=enrollment).first()):
        return sent
    values = _tidy(title, done_on, what, where, tools, people, learnt)
    _check(enrollment, values, claims)
    sheet = ExperienceSheet(enrollment=enrollment, written_by=by, **values)
    sheet.pk = sheet_id or sheet.pk
    sheet.save(force_insert=True)
    _write_claims(sheet, claims)
    _record(sheet, by, "written", f"fiche « {sheet.title} » écrite")
    return sheet


@transaction.atomic
def change_sheet(
    *,
    sheet: ExperienceSheet,
    title: str,
    done_on: date,
    what: str,
    where: str,
    tools: str = "",
    people: str = "",
    learnt: str = "",
    claims: Mapping[UUID, int],
    by: User,
) -> ExperienceSheet:
    """Rewrite a draft. Refused once it has been submitted: it is then with the team, or validated."""
    sheet = lock_sheet(sheet)
    refuse_unless_draft(sheet)
    values = _tidy(title, done_on, what, where, tools, people, learnt)
    _check(sheet.enrollment, values, claims)
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=list(values))
    sheet.claims.all().delete()
    _write_claims(sheet, claims)
    _record(sheet, by, "changed", f"fiche « {sheet.title} » corrigée")
    return sheet


@transaction.atomic
def submit_sheet(*, sheet: ExperienceSheet, by: User) -> ExperienceSheet:
    """Submit a draft to the team. Refused while what, where or learnt is empty, or without any competency."""
    sheet = lock_sheet(sheet)
    _check_move(sheet, SheetState.SUBMITTED)
    missing = [words for name, words in MISSING_WORDS.items() if not getattr(sheet, name)]
    if missing:
        raise DomainError(
            f"La fiche ne dit pas encore {', ni '.join(missing)}. Complétez-la, puis proposez-la."
        )
    if not sheet.claims.exists():
        raise DomainError(
            "La fiche ne montre encore aucune compétence. Cochez-en au moins une, puis proposez-la."
        )
    sheet.state, sheet.submitted_at, sheet.return_reason = SheetState.SUBMITTED, clock.now(), ""
    sheet.save(update_fields=["state", "submitted_at", "return_reason"])
    _record(sheet, by, "submitted", f"fiche « {sheet.title} » proposée à l’équipe")
    return sheet


@transaction.atomic
def validate_sheet(*, sheet: ExperienceSheet, by: User) -> ExperienceSheet:
    """Validate a submitted sheet: it counts for the dossier and no longer changes. Its writer may validate it."""
    sheet = lock_sheet(sheet)
    _check_move(sheet, SheetState.VALIDATED)
    sheet.state, sheet.validated_at, sheet.validated_by = SheetState.VALIDATED, clock.now(), by
    sheet.save(update_fields=["state", "validated_at", "validated_by"])
    _record(sheet, by, "validated", f"fiche « {sheet.title} » validée")
    return sheet


@transaction.atomic
def return_sheet(*, sheet: ExperienceSheet, reason: str, by: User) -> ExperienceSheet:
    """Return a submitted sheet to its author; `reason` is what to complete."""
    sheet = lock_sheet(sheet)
    _check_move(sheet, SheetState.DRAFT)
    reason = required_reason(
        reason, name="Ce mot", missing="Dites en un mot ce qu’il faut reprendre : la fiche revient avec lui."
    )
    sheet.state, sheet.submitted_at, sheet.return_reason = SheetState.DRAFT, None, reason
    sheet.save(update_fields=["state", "submitted_at", "return_reason"])
    _record(sheet, by, "returned", f"fiche « {sheet.title} » à reprendre", reason=reason)
    return sheet


def lock_sheet(sheet: ExperienceSheet) -> ExperienceSheet:
    """The sheet as it is now, with its enrolment, both locked; refused when the enrolment is closed."""
    enrollment = lock_open_enrollment(sheet.enrollment)
    locked = ExperienceSheet.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    locked.enrollment = enrollment
    return locked


def refuse_unless_draft(sheet: ExperienceSheet) -> None:
    if sheet.state != SheetState.DRAFT:
        way_out = " Demandez à l’équipe de vous la rendre." if sheet.state == SheetState.SUBMITTED else ""
        raise StaleState(
            f"La fiche « {sheet.title} » est {_described(sheet)} : elle ne change plus.{way_out}"
        )


def _check_move(sheet: ExperienceSheet, state: str) -> None:
    if state not in SHEET_MOVES[sheet.state]:
        raise StaleState(
            f"La fiche « {sheet.title} » est {_described(sheet)} : "
            "cet acte ne s’y applique pas. Rechargez la page."
        )


def _described(sheet: ExperienceSheet) -> str:
    return {
        SheetState.DRAFT: "encore un brouillon",
        SheetState.SUBMITTED: "déjà proposée à l’équipe",
        SheetState.VALIDATED: "validée",
    }[SheetState(sheet.state)]


def _tidy(title: str, done_on: date, *texts: str) -> dict[str, object]:
    """The texts of a sheet by field, without the spaces around them."""
    names = ("what", "where", "tools", "people", "learnt")
    return {
        "title": title.strip(),
        "done_on": done_on,
        **{name: text.strip() for name, text in zip(names, texts, strict=True)},
    }


def _check(enrollment: Enrollment, values: dict, claims: Mapping[UUID, int]) -> None:
    if not values["title"]:
        raise DomainError("La fiche n’a pas de titre. Donnez-lui-en un, même court.")
    for name, value in values.items():
        field = ExperienceSheet._meta.get_field(name)
        if isinstance(field, CharField | TextField) and field.max_length and len(value) > field.max_length:
            raise DomainError(
                f"« {field.verbose_name} » dépasse {field.max_length} caractères. Raccourcissez."
            )
    if values["done_on"] > clock.today():
        raise DomainError(
            f"Le {shortdate(values['done_on'])} est à venir. Une fiche raconte ce qui a été fait."
        )
    began = min(enrollment.enrolled_on, enrollment.contract_start)
    if values["done_on"] < began:
        raise DomainError(
            f"Le {shortdate(values['done_on'])} précède le parcours, commencé le {shortdate(began)}."
        )
    _check_claims(enrollment, claims)


def _check_claims(enrollment: Enrollment, claims: Mapping[UUID, int]) -> None:
    if len(claims) > MOST_CLAIMS:
        raise DomainError(f"Une fiche montre au plus {MOST_CLAIMS} compétences. Gardez les plus nettes.")
    if not claims:
        return
    known = dict(
        Competency.objects.for_enrollment(
            version=enrollment.framework_version, support_id=enrollment.support_id
        )
        .filter(pk__in=claims)
        .annotate(scale=Max("domain__framework__levels__rank"))
        .order_by()
        .values_list("pk", "scale")
    )
    if len(known) < len(claims):
        raise DomainError("Une des compétences n’est pas du référentiel de ce parcours. Rechargez la page.")
    if any(not 1 <= rank <= known[pk] for pk, rank in claims.items()):
        raise DomainError("Un des niveaux n’est pas dans l’échelle de maîtrise. Rechargez la page.")


def _write_claims(sheet: ExperienceSheet, claims: Mapping[UUID, int]) -> None:
    SheetCompetency.objects.bulk_create(
        SheetCompetency(sheet=sheet, competency_id=pk, rank=rank) for pk, rank in claims.items()
    )


def _record(sheet: ExperienceSheet, by: User, act: str, words: str, reason: str = "") -> None:
    record(
        action=f"evaluations.sheet.{act}",
        subject=sheet,
        by=by,
        summary=f"{sheet.enrollment.trainee} : {words}",
        reason=reason,
        topic_id=sheet.enrollment_id,
    )
