from django.db import transaction

from accounts.models import User
from core.errors import DomainError
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
from evaluations.services.frameworks.example import OWN_FIELDS
from evaluations.services.frameworks.locks import lock_draft, new_version_name


@transaction.atomic
def copy_framework(*, framework: Framework, version: str, by: User) -> Framework:
    """Make a draft with everything another version holds. Refused when the new version exists."""
    copy = Framework.objects.create(
        version=new_version_name(version), **{name: getattr(framework, name) for name in OWN_FIELDS}
    )
    for model in (MasteryLevel, JudgementLevel):
        _copy_rows(model.objects.filter(framework=framework), framework=copy)
    modules = _copy_rows(Module.objects.filter(framework=framework), framework=copy)
    domains = _copy_rows(Domain.objects.filter(framework=framework), framework=copy, module=modules)
    competencies = _copy_rows(Competency.objects.filter(domain__framework=framework), domain=domains)
    _copy_rows(GridCriterion.objects.filter(framework=framework), framework=copy, domain=domains)
    activities = _copy_rows(Activity.objects.filter(framework=framework), framework=copy)
    links = Activity.competencies.through.objects
    links.bulk_create(
        links.model(activity=activities[activity], competency=competencies[competency])
        for activity, competency in links.filter(activity__framework=framework)
        .order_by("pk")
        .values_list("activity_id", "competency_id")
    )
    record(
        action="evaluations.framework.created",
        subject=copy,
        by=by,
        summary=f"Version {copy.version} du référentiel copiée de la version {framework.version}",
    )
    return copy


def _copy_rows(rows, **parents) -> dict:
    """Write the same rows under other parents (one row, or the copies by former id); {former id: copy}."""
    former, copies = [], []
    for row in rows:
        former.append(row.pk)
        fields = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key and field.name not in parents
        }
        for name, parent in parents.items():
            fields[name] = parent[getattr(row, f"{name}_id")] if isinstance(parent, dict) else parent
        copies.append(type(row)(**fields))
    return dict(zip(former, rows.model.objects.bulk_create(copies), strict=True))


@transaction.atomic
def change_draft(*, framework: Framework, by: User, **values) -> Framework:
    """Change the fields of a draft: titles, notice, source, threshold and what a dossier must hold.

    Refused once published, and when the threshold is no level of the scale.
    """
    draft = lock_draft(framework)
    unknown = set(values) - set(OWN_FIELDS)
    if unknown:
        raise TypeError(f"not of a framework: {', '.join(sorted(unknown))}")
    threshold = values.get("threshold", draft.threshold)
    if not draft.levels.filter(rank=threshold).exists():
        raise DomainError(
            f"Le niveau à atteindre ({threshold}) n’est pas dans l’échelle de cette version. "
            "Choisissez un de ses niveaux."
        )
    changed = [name for name, value in values.items() if getattr(draft, name) != value]
    if not changed:
        return draft
    for name in changed:
        setattr(draft, name, values[name])
    draft.save(update_fields=changed)
    record(
        action="evaluations.framework.changed",
        subject=draft,
        by=by,
        summary=f"Version {draft.version} du référentiel modifiée",
        data={name: values[name] for name in changed},
    )
    return draft
