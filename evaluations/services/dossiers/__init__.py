from .examination import accept_dossier, return_dossier
from .opening import open_dossier
from .sealing import seal_dossier
from .signatures import sign_dossier

__all__ = ["accept_dossier", "open_dossier", "return_dossier", "seal_dossier", "sign_dossier"]
