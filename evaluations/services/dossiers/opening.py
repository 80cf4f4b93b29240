"""The reading of a sealed dossier, checked against its fingerprint and recorded in the journal."""

from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.services.files import sealed_content
from core.services.journal import record_access
from evaluations.models import Dossier
from trainees.models import Enrollment


@transaction.atomic
def open_dossier(*, dossier: Dossier, by: User) -> bytes:
    """The PDF of a sealed dossier, for a person whom a view has authorised.

    A reading by the certifier or a juror is one line of the journal; one by the own team of the enrolment
    or by the trainee is not. Refused while the file is being prepared, and when it is not what was sealed.
    """
    if not dossier.file:
        raise DomainError("Le PDF de ce dossier est en préparation. Rechargez la page dans un instant.")
    pdf = sealed_content(dossier.file, dossier.file_sha256, of="de ce dossier")
    at_home = (
        not by.is_certifier and Enrollment.objects.visible_to(by).filter(pk=dossier.enrollment_id).exists()
    )
    if not at_home:
        record_access(
            action="evaluations.dossier.read",
            subject=dossier,
            by=by,
            summary=f"{dossier} lu",
            data={"attempt": dossier.attempt, "sha256": dossier.file_sha256},
            topic_id=dossier.enrollment_id,
        )
    return pdf
