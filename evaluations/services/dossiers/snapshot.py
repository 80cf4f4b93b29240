"""The content of a sealed dossier: everything a jury needs, copied as plain data at the moment of the seal."""

import hashlib
from datetime import datetime

from django.conf import settings

from accounts.models import User
from core import clock
from core.errors import DomainError
from evaluations.enums import Family
from evaluations.models import CurrentLevel, ExperienceSheet, SheetPhoto
from evaluations.queries.dossiers import Gateway
from evaluations.queries.evaluations import read_booklet
from structures.models import Structure
from trainees.enums import Modality
from trainees.models import Enrollment, Trainee, TutorAppraisal
from trainees.queries.immersions import list_immersions

LAYOUT = "2026-1"


def take_snapshot(enrollment: Enrollment, gateway: Gateway, *, by: User) -> dict:
    """The dossier as JSON can hold it: dates in ISO 8601, durations in minutes, levels by rank and name."""
    key, professional = (read_booklet(enrollment, family) for family in Family.values)
    framework = key.framework or professional.framework
    names = {level.rank: level.name for level in key.levels}
    plan = enrollment.plans.first()
    if framework is None or plan is None:
        raise ValueError("a dossier is sealed once its gateway is ready, with a framework and a plan")
    return {
        "layout": LAYOUT,
        "certifier": settings.CERTIFIER_NAME,
        "attempt": gateway.attempt,
        "sealed_at": clock.now().isoformat(),
        "sealed_by": str(by),
        "identity": _identity(enrollment.trainee),
        "structure": _structure(enrollment.structure),
        "support": {
            "code": enrollment.support.code,
            "name": enrollment.support.name,
            "rome_codes": enrollment.support.rome_codes,
        },
        "referent": str(enrollment.referent),
        "enrolled_on": enrollment.enrolled_on.isoformat(),
        "contract": {
            "starts_on": enrollment.contract_start.isoformat(),
            "ends_on": enrollment.contract_end.isoformat(),
            "weekly_minutes": int(enrollment.weekly_hours * 60),
        },
        "framework": {
            "version": framework.version,
            "title": framework.title,
            "certificate_title": framework.certificate_title,
            "notice": framework.notice,
            "source": framework.source,
            "threshold": framework.threshold,
            "levels": [{"rank": level.rank, "name": level.name} for level in key.levels],
        },
        "hours": {
            "plan_revision": plan.revision,
            "planned": plan.total_minutes,
            "done": enrollment.done_minutes,
            "modalities": [
                {
                    "name": modality.label,
                    "planned": getattr(plan, f"{modality}_minutes"),
                    "done": getattr(enrollment, f"done_{modality}_minutes"),
                }
                for modality in Modality
            ],
        },
        "booklets": _booklets(enrollment, (key, professional)),
        "sheets": _sheets(enrollment, names),
        "immersions": _immersions(enrollment),
        "signatures": [
            {
                "role": row.get_role_display(),
                "signatory": row.signatory,
                "in_presence_of": str(row.signed_by) if row.in_presence else "",
                "signed_at": row.signed_at.isoformat(),
                "signed_sha256": row.signed_sha256,
            }
            for row in gateway.signatures.values()
        ],
    }


def _identity(trainee: Trainee) -> dict:
    return {
        "full_name": str(trainee),
        "first_names": trainee.first_names,
        "birth_name": trainee.birth_name,
        "usage_name": trainee.usage_name,
        "sex": trainee.sex,
        "birth_date": trainee.birth_date.isoformat(),
        "birth_place": trainee.birth_place,
        "birth_country": trainee.birth_country,
    }


def _structure(structure: Structure) -> dict:
    return {
        "name": structure.name,
        "siret": structure.siret,
        "postcode": structure.postcode,
        "city": structure.city,
    }


def _booklets(enrollment: Enrollment, booklets) -> list[dict]:
    latest = CurrentLevel.objects.filter(enrollment=enrollment).select_related("evaluation__evaluator")
    facts = {row.competency_id: row.evaluation for row in latest}
    return [
        {
            "family": booklet.family.value,
            "title": booklet.title,
            "total": len(booklet.lines),
            "reached": len(booklet.reached),
            "observations": booklet.observations,
            "domains": [
                {
                    "number": chapter.domain.number,
                    "name": chapter.domain.name,
                    "lines": [_line(line, facts[line.competency.pk]) for line in chapter.lines],
                }
                for chapter in booklet.chapters
            ],
        }
        for booklet in booklets
    ]


def _line(line, fact) -> dict:
    return {
        "code": line.competency.code,
        "label": line.competency.label,
        "rank": line.rank,
        "level": line.level.name,
        "first_rank": line.points[0].rank,
        "seen_on": line.seen_on.isoformat(),
        "situation": fact.situation,
        "evaluator": str(fact.evaluator),
        "observations": line.observations,
    }


def _sheets(enrollment: Enrollment, names: dict[int, str]) -> list[dict]:
    rows = (
        ExperienceSheet.objects.validated()
        .filter(enrollment=enrollment)
        .select_related("validated_by", "written_by")
        .prefetch_related("claims__competency", "photos")
        .order_by("done_on", "title", "pk")
    )
    return [
        {
            **{name: getattr(row, name) for name in ("title", "what", "where", "tools", "people", "learnt")},
            "id": str(row.pk),
            "done_on": row.done_on.isoformat(),
            "written_by": str(row.written_by),
            "validated_by": str(row.validated_by),
            "validated_at": row.validated_at.isoformat(),
            "claims": [
                {
                    "code": claim.competency.code,
                    "label": claim.competency.label,
                    "rank": claim.rank,
                    "level": names.get(claim.rank, ""),
                }
                for claim in row.claims.all()
            ],
            "photos": [_photo(photo) for photo in row.photos.all()],
        }
        for row in rows
    ]


def _photo(photo: SheetPhoto) -> dict:
    try:
        with photo.image.open("rb") as file:
            sha256 = hashlib.sha256(file.read()).hexdigest()
    except OSError as error:
        raise DomainError(
            f"La photo « {photo} » de la fiche « {photo.sheet} » ne se lit plus. "
            "Prévenez la personne qui administre le site avant de sceller."
        ) from error
    return {"name": photo.image.name, "caption": photo.caption, "sha256": sha256}


def _immersions(enrollment: Enrollment) -> list[dict]:
    confirmed = [row for row in list_immersions(enrollment) if row.confirmed_at]
    return [
        {
            "host_name": row.host_name,
            "tutor_name": row.tutor_name,
            "purpose": row.get_purpose_display(),
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
            "minutes": row.done_minutes,
            "tutor_says": next(
                (
                    _appraisal(answer, answer.answered_at)
                    for answer in row.appraisals.all()
                    if answer.answered_at
                ),
                None,
            ),
        }
        for row in sorted(confirmed, key=lambda row: row.starts_on)
    ]


def _appraisal(answer: TutorAppraisal, answered_at: datetime) -> dict:
    """What the tutor wrote, as it came; dossiers sealed before this was asked have none."""
    return {
        "objectives_reached": answer.get_objectives_reached_display(),
        "went_well": answer.went_well,
        "remaining": answer.to_work_on,
        "signed_as": answer.signed_as,
        "answered_at": answered_at.isoformat(),
    }
