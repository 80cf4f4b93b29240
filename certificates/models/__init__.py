from .archives import Archive
from .layouts import CertificateLayout, CertificateTerms
from .register import Certificate, RegisterYear
from .rendering import DrawingHold

__all__ = ["Archive", "Certificate", "CertificateLayout", "CertificateTerms", "DrawingHold", "RegisterYear"]
