"""E-mails to people who have no account; they hold as little about the trainee as possible."""

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from trainees.models import TutorAppraisal

TUTOR_SALT = "trainees.tutor"


def tutor_token(appraisal: TutorAppraisal) -> str:
    """The unguessable part of the link: the id of the row, signed with SECRET_KEY."""
    return signing.Signer(salt=TUTOR_SALT).sign(str(appraisal.pk))


def read_tutor_token(token: str) -> TutorAppraisal | None:
    """The appraisal that a link was made for, open or not; None when the signature is not ours."""
    try:
        pk = signing.Signer(salt=TUTOR_SALT).unsign(token)
    except signing.BadSignature:
        return None
    people = "immersion__enrollment__trainee", "immersion__enrollment__structure"
    return TutorAppraisal.objects.select_related(*people).filter(pk=pk).first()


def tutor_link(appraisal: TutorAppraisal) -> str:
    return settings.SITE_URL + reverse("trainees:tutor_appraise", args=[tutor_token(appraisal)])


def send_tutor_email(appraisal: TutorAppraisal) -> None:
    """Ask the tutor for their appraisal. Neither family name, nor birth, nor address of the trainee."""
    immersion = appraisal.immersion
    context = {
        "appraisal": appraisal,
        "immersion": immersion,
        "name": immersion.enrollment.trainee.discreet_name,
        "structure": immersion.enrollment.structure,
        "link": tutor_link(appraisal),
    }
    send_mail(
        subject=" ".join(render_to_string("trainees/emails/tutor_subject.txt", context).split()),
        message=render_to_string("trainees/emails/tutor.txt", context),
        from_email=None,
        recipient_list=[appraisal.email],
    )
