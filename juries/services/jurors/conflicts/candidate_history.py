"""The whole of what the candidates lived: every path of theirs, and every structure of these paths."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import UUIDField, Value
from django.db.models.functions import Cast

from trainees.models import Enrollment, Stay


@dataclass
class Paths:
    """By trainee: the paths that come before the jury; by any path: its trainee; by structure: who passed there."""

    candidates: dict = field(default_factory=lambda: defaultdict(list))
    trainee_of: dict = field(default_factory=dict)
    referents: set = field(default_factory=set)
    trainees_in: dict = field(default_factory=lambda: defaultdict(set))
    names: dict = field(default_factory=dict)


def read_paths(enrollments: Iterable[Enrollment]) -> Paths:
    """One query: the paths of these people, past ones included, and the structures they went through."""
    paths = Paths()
    for enrollment in enrollments:
        paths.candidates[enrollment.trainee_id].append(enrollment)
    trainees = list(paths.candidates)
    lived = Enrollment.objects.filter(trainee__in=trainees).order_by()
    left = Stay.objects.filter(enrollment__trainee__in=trainees).order_by()
    columns = ("structure_id", "structure__name")
    rows = lived.values_list("pk", "trainee_id", "referent_id", *columns).union(
        left.values_list("enrollment_id", "enrollment__trainee_id", Cast(Value(None), UUIDField()), *columns),
        all=True,
    )
    for path, trainee, referent, structure, name in rows:
        paths.trainee_of[path] = trainee
        paths.trainees_in[structure].add(trainee)
        paths.names[structure] = name
        if referent:
            paths.referents.add((referent, trainee))
    return paths
