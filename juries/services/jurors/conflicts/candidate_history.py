"""Every enrolment of the candidates, past ones included, and every structure of these enrolments."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import UUIDField, Value
from django.db.models.functions import Cast

from trainees.models import Enrollment, PastPlacement


@dataclass
class CandidateHistory:
    """Every enrolment of the candidates and every structure they went through.

    `candidates` gives, by trainee, the enrolments that come before the jury; `trainee_of` the trainee of any
    enrolment; `trainees_in` the trainees of a structure; `names` the name of a structure; `referents` the pairs
    (user, trainee).
    """

    candidates: dict = field(default_factory=lambda: defaultdict(list))
    trainee_of: dict = field(default_factory=dict)
    referents: set = field(default_factory=set)
    trainees_in: dict = field(default_factory=lambda: defaultdict(set))
    names: dict = field(default_factory=dict)


def read_candidate_history(enrollments: Iterable[Enrollment]) -> CandidateHistory:
    """Read the enrolments of these people, past ones included, and their structures, in one query."""
    history = CandidateHistory()
    for enrollment in enrollments:
        history.candidates[enrollment.trainee_id].append(enrollment)
    trainees = list(history.candidates)
    lived = Enrollment.objects.filter(trainee__in=trainees).order_by()
    left = PastPlacement.objects.filter(enrollment__trainee__in=trainees).order_by()
    columns = ("structure_id", "structure__name")
    rows = lived.values_list("pk", "trainee_id", "referent_id", *columns).union(
        left.values_list("enrollment_id", "enrollment__trainee_id", Cast(Value(None), UUIDField()), *columns),
        all=True,
    )
    for enrollment, trainee, referent, structure, name in rows:
        history.trainee_of[enrollment] = trainee
        history.trainees_in[structure].add(trainee)
        history.names[structure] = name
        if referent:
            history.referents.add((referent, trainee))
    return history
