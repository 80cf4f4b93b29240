"""The enrolment of a trainee in a structure: its opening, what changes in it, its breaks and its end."""

from trainees.services.enrollments.changes import (
    change_contract,
    change_identity,
    change_referent,
    open_account,
    transfer,
)
from trainees.services.enrollments.contracts import Contract
from trainees.services.enrollments.identities import Identity
from trainees.services.enrollments.opening import enrol
from trainees.services.enrollments.states import leave, pause, resume
from trainees.services.enrollments.withdrawal import withdraw_enrollment

__all__ = [
    "Contract",
    "Identity",
    "change_contract",
    "change_identity",
    "change_referent",
    "enrol",
    "leave",
    "open_account",
    "pause",
    "resume",
    "transfer",
    "withdraw_enrollment",
]
