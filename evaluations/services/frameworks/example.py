import json
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from core.services.journal import record
from evaluations.models import (
    Activity,
    Competency,
    Domain,
    Framework,
    GridCriterion,
    JudgementLevel,
    MasteryLevel,
    Module,
)
from evaluations.services.frameworks.locks import new_version_name
from structures.models import ProductionSupport
from trainees.models import ExitReason

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "exemple.json"
OWN_FIELDS = (
    "title", "certificate_title", "notice", "source", "threshold", "experience_sheets_required",
    "immersion_required",
)  # fmt: skip


@transaction.atomic
def load_example(*, version: str, by: User) -> Framework:
    """Make a draft from the example that ships with the site, with the supports and exit reasons it names.

    Supports and exit reasons that exist already are left as they are. Refused when the version exists.
    """
    data = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    framework = Framework.objects.create(
        version=new_version_name(version), **{name: data[name] for name in OWN_FIELDS}
    )
    supports = {row["code"]: _support(row) for row in data["supports"]}
    for order, row in enumerate(data["exit_reasons"]):
        ExitReason.objects.get_or_create(code=row["code"], defaults={**row, "order": order})
    MasteryLevel.objects.bulk_create(MasteryLevel(framework=framework, **row) for row in data["scale"])
    JudgementLevel.objects.bulk_create(
        JudgementLevel(framework=framework, **row) for row in data["judgements"]
    )
    domains = _write_domains(framework, data)
    competencies = _write_competencies(domains, supports, data)
    _write_activities(framework, supports, competencies, data)
    _write_grids(framework, domains, data)
    record(
        action="evaluations.framework.created",
        subject=framework,
        by=by,
        summary=f"Version {framework.version} du référentiel créée à partir du fichier d’exemple",
    )
    return framework


def _support(row: dict) -> ProductionSupport:
    known = ProductionSupport.objects.filter(Q(code=row["code"]) | Q(name=row["name"])).first()
    return known or ProductionSupport.objects.create(
        code=row["code"], name=row["name"], rome_codes=", ".join(row["rome"])
    )


def _write_domains(framework: Framework, data: dict) -> dict[int, Domain]:
    modules = Module.objects.bulk_create(Module(framework=framework, **row) for row in data["modules"])
    by_code = {module.code: module for module in modules}
    domains = Domain.objects.bulk_create(
        Domain(
            framework=framework,
            module=by_code[row["module"]],
            **{name: row[name] for name in ("number", "name", "plain", "icon")},
        )
        for row in data["domains"]
    )
    return {domain.number: domain for domain in domains}


def _write_competencies(domains: dict, supports: dict, data: dict) -> dict[str, Competency]:
    competencies = Competency.objects.bulk_create(
        Competency(
            domain=domains[domain["number"]],
            support=supports[row["supports"][0]] if row["supports"] else None,
            **{name: row[name] for name in ("code", "label", "plain", "indicators")},
        )
        for domain in data["domains"]
        for row in domain["competencies"]
    )
    return {competency.code: competency for competency in competencies}


def _write_activities(framework: Framework, supports: dict, competencies: dict, data: dict) -> None:
    activities = Activity.objects.bulk_create(
        Activity(framework=framework, support=supports[row["support"]], name=row["name"], icon=row["icon"])
        for row in data["activities"]
    )
    links = Activity.competencies.through.objects
    links.bulk_create(
        links.model(activity=activity, competency=competencies[code])
        for activity, row in zip(activities, data["activities"], strict=True)
        for code in row["competencies"]
    )


def _write_grids(framework: Framework, domains: dict, data: dict) -> None:
    GridCriterion.objects.bulk_create(
        GridCriterion(
            framework=framework,
            test=test,
            domain=domains[row["domain"]],
            order=order,
            **{name: row[name] for name in ("code", "label", "indicators")},
        )
        for test, rows in data["grids"].items()
        for order, row in enumerate(rows, start=1)
    )
