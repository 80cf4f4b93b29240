from .archive import Archive
from .certificate import Certificate, RegisterYear
from .layout import CertificateLayout
from .rendering_pause import DrawingHold
from .terms import CertificateTerms

__all__ = ["Archive", "Certificate", "CertificateLayout", "CertificateTerms", "DrawingHold", "RegisterYear"]
