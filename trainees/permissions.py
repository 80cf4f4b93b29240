"""Who may do what with trainees and their paths."""

from structures.permissions import can_direct, can_train, is_of_team
from trainees.models import Enrollment


def can_enrol(user, structure) -> bool:
    return can_direct(user, structure)


def can_plan_hours(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_log_sessions(user, structure) -> bool:
    return can_train(user, structure)


def can_close_month(user, enrollment: Enrollment) -> bool:
    return is_of_team(user, enrollment.structure)


def can_reopen_month(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_arrange_immersion(user, enrollment: Enrollment) -> bool:
    return is_of_team(user, enrollment.structure)


def can_change_identity(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_end_path(user, enrollment: Enrollment) -> bool:
    """Pause, resume and leave are the director's acts."""
    return can_direct(user, enrollment.structure)


def can_transfer(user, enrollment: Enrollment) -> bool:
    """A move to another structure is the certifier's act: neither director can take a trainee alone."""
    return user.is_certifier
