from .examining import accept_dossier, return_dossier
from .reading import open_dossier
from .sealing import seal_dossier
from .signing import sign_dossier

__all__ = ["accept_dossier", "open_dossier", "return_dossier", "seal_dossier", "sign_dossier"]
