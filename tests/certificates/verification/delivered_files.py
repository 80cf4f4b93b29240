"""A certificate whose file was drawn, signed and kept, and a file that somebody hands in."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certificates.documents.rendering.render import render_document
from certificates.documents.rendering.signing import sign
from certificates.enums import CertificateState
from certificates.models import Certificate
from core import clock


def signed(certificate: Certificate) -> bytes:
    return sign(render_document(certificate), certificate=certificate)


def delivered(content: bytes, certificate: Certificate) -> Certificate:
    """The line of the register once its file is kept."""
    Certificate.objects.filter(pk=certificate.pk).update(
        file="certificates/one.pdf",
        file_sha256=hashlib.sha256(content).hexdigest(),
        issued_at=clock.now(),
        state=CertificateState.ISSUED,
    )
    certificate.refresh_from_db()
    return certificate


def send(client, content: bytes, **headers):
    file = SimpleUploadedFile("certificat.pdf", content, content_type="application/pdf")
    return client.post(reverse("certificates:verify"), {"file": file}, headers=headers)
