from .archives import Archive
from .layouts import CertificateLayout, CertificateTerms
from .register import Certificate, RegisterYear
from .rendering import RenderingPause

__all__ = [
    "Archive",
    "Certificate",
    "CertificateLayout",
    "CertificateTerms",
    "RegisterYear",
    "RenderingPause",
]
