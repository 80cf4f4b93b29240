"""The gateway of one enrolment: its pieces, its signatures, its seal, the attempts made."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_messages
from evaluations.enums import DossierState, SignatureRole
from evaluations.forms.dossiers import SignatureForm
from evaluations.models import DossierSignature
from evaluations.permissions import can_seal_dossier, can_sign_dossier
from evaluations.queries.dossiers import Gateway, read_gateway
from evaluations.services.dossiers import seal_dossier, sign_dossier
from trainees.models import Enrollment
from trainees.views.access import require, visible_enrollment

SIGNERS = (
    "Chacun signe pour soi : le salarié depuis son compte ou en présence d’un encadrant, "
    "l’encadrement et la direction depuis le leur."
)
SEALERS = "Un dossier se scelle par la direction de la structure."


@dataclass(frozen=True)
class SignatureSlot:
    """The line of one of the three signatures: given, or the form to give it."""

    role: SignatureRole
    signature: DossierSignature | None
    form: SignatureForm | None
    in_presence: bool
    expected: str


@require_safe
def gateway(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """What the dossier of an enrolment holds and lacks, piece by piece."""
    return _shown(request, visible_enrollment(request, pk))


@require_POST
def sign(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    enrollment = visible_enrollment(request, pk)
    form = SignatureForm(request.POST)
    role = form.data.get("role", "")
    in_presence = _in_presence(request, enrollment, role)
    require(can_sign_dossier(request.user, enrollment, role, in_presence=in_presence), SIGNERS)
    if form.is_valid():
        with refusal_in_messages(request):
            sign_dossier(
                enrollment=enrollment,
                role=role,
                signatory=form.cleaned_data["signatory"],
                in_presence=in_presence,
                by=request.user,
            )
            messages.success(request, "La signature est enregistrée.")
            return redirect("evaluations:gateway", pk)
    else:
        messages.error(request, "Écrivez le prénom et le nom de la personne qui signe.")
    return _shown(request, visible_enrollment(request, pk), status=422)


@require_POST
def seal(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    enrollment = visible_enrollment(request, pk)
    require(can_seal_dossier(request.user, enrollment), SEALERS)
    with refusal_in_messages(request):
        seal_dossier(enrollment=enrollment, by=request.user)
        messages.success(request, "Le dossier est scellé. Le certificateur l’examine maintenant.")
        return redirect("evaluations:gateway", pk)
    return _shown(request, visible_enrollment(request, pk), status=409)


def _shown(request: AuthenticatedHttpRequest, enrollment: Enrollment, *, status: int = 200) -> HttpResponse:
    reading = read_gateway(enrollment)
    attempts = list(
        enrollment.dossiers.defer("snapshot")
        .select_related("sealed_by", "examined_by")
        .prefetch_related("reviews")
    )
    context = {
        "enrollment": enrollment,
        "own": enrollment.trainee.user_id == request.user.pk,
        "gateway": reading,
        "slots": [_slot(request, enrollment, reading, role) for role in SignatureRole],
        "attempts": attempts,
        "sealed": next((row for row in attempts if row.state == DossierState.SEALED), None),
        "may_seal": reading.ready and can_seal_dossier(request.user, enrollment),
    }
    return render(request, "evaluations/dossiers/gateway.html", context, status=status)


def _slot(
    request: AuthenticatedHttpRequest, enrollment: Enrollment, reading: Gateway, role: SignatureRole
) -> SignatureSlot:
    signature = reading.signatures.get(role)
    in_presence = _in_presence(request, enrollment, role)
    may_sign = (
        reading.signable
        and signature is None
        and can_sign_dossier(request.user, enrollment, role, in_presence=in_presence)
    )
    form = None
    if may_sign:
        form = SignatureForm(initial={"role": role}, auto_id=f"signature-{role}-%s")
    expected = str(enrollment.trainee) if role == SignatureRole.TRAINEE else str(request.user)
    return SignatureSlot(role, signature, form, in_presence, expected)


def _in_presence(request: AuthenticatedHttpRequest, enrollment: Enrollment, role: str) -> bool:
    """The trainee signs on somebody else's device."""
    return role == SignatureRole.TRAINEE and enrollment.trainee.user_id != request.user.pk
