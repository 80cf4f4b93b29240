"""The French texts of a result, short and simple: many of their readers read little."""

from certificates.enums import RecognisedBy, VerificationStatus
from certificates.models import Certificate
from certificates.services.verification.pdf_signature import PdfSignature
from certificates.services.verification.results import VerificationResult, status_of
from core.formats import grouped, shortdate

TONES = {
    VerificationStatus.VALID: "ok",
    VerificationStatus.REPLACED: "wait",
    VerificationStatus.UNREGISTERED: "wait",
    VerificationStatus.REVOKED: "refusal",
    VerificationStatus.ALTERED: "refusal",
}

LABELS = {
    VerificationStatus.VALID: "Authentique et valide",
    VerificationStatus.REVOKED: "Révoqué le {day}",
    VerificationStatus.REPLACED: "Remplacé par {new}",
    VerificationStatus.ALTERED: "Copie altérée",
    VerificationStatus.UNKNOWN: "Inconnu",
    VerificationStatus.UNREGISTERED: "Absent du registre",
    VerificationStatus.FOREIGN: "Pas un de nos certificats",
    VerificationStatus.UNREADABLE: "Fichier illisible",
}

SENTENCES = {
    (VerificationStatus.VALID, ""): """
        Ce certificat est inscrit au registre de {certifier}.
        Comparez ce qui suit avec le document que vous avez.""",
    (VerificationStatus.VALID, RecognisedBy.FINGERPRINT): """
        Ce fichier est celui que {certifier} a délivré. Personne n’y a rien changé.""",
    (VerificationStatus.VALID, RecognisedBy.TRIMMED): """
        Ce fichier est celui que {certifier} a délivré, entier.
        Seuls des blancs ont été ajoutés ou retirés au début ou à la fin, comme le font des messageries.""",
    (VerificationStatus.VALID, RecognisedBy.SIGNATURE): """
        Ce fichier est signé par {certifier}. Personne n’y a rien changé depuis.""",
    (VerificationStatus.REVOKED, ""): """
        Ce certificat a bien été délivré, puis retiré. Il ne vaut plus rien aujourd’hui.""",
    (VerificationStatus.REPLACED, ""): """
        Ce certificat a été corrigé.
        Demandez à la personne de vous montrer le nouveau\u00a0: il porte son propre code.""",
    (VerificationStatus.ALTERED, "known"): """
        Ce fichier porte le code d’un certificat, mais ce n’est pas le fichier délivré.
        Quelqu’un l’a modifié, réenregistré ou fabriqué. {signature}
        Ne croyez pas ce qu’il dit.""",
    (VerificationStatus.ALTERED, "same"): """
        Ce fichier n’est pas, octet pour octet, celui qui a été délivré.
        La signature du certificateur y tient encore, et les faits joints sont les bons. Il a pu être abîmé en chemin.
        Demandez à la personne le fichier qu’elle a reçu.""",
    (VerificationStatus.ALTERED, "resaved"): """
        Ce fichier n’est plus celui qui a été délivré\u00a0: il a été réenregistré ou modifié. {signature}
        Les faits joints s’accordent tous avec le registre. Ce que montre la page a pu changer\u00a0:
        comparez-la mot à mot avec ce qui suit, ou demandez à la personne le fichier qu’elle a reçu.""",
    (VerificationStatus.ALTERED, ""): """
        Ce fichier porte notre signature, mais il a changé depuis. Ne croyez pas ce qu’il dit.
        Tapez le code du document d’origine\u00a0: vous verrez ce que le certificat doit dire.""",
    (VerificationStatus.UNKNOWN, "file"): """
        Ce fichier porte le code {code}, et aucun certificat ne porte ce code.
        Le document ne vient pas de nous.""",
    (VerificationStatus.UNKNOWN, ""): """
        Aucun certificat ne porte le code {code}.
        Relisez-le sur le document, groupe par groupe\u00a0: un 8 et un B, un 5 et un S se ressemblent.
        S’il est bien recopié, le document ne vient pas de nous.""",
    (VerificationStatus.UNREGISTERED, ""): """
        Ce fichier porte notre signature, et pourtant notre registre ne le connaît pas.
        Ne l’acceptez pas encore\u00a0: demandez-nous.""",
    (VerificationStatus.FOREIGN, ""): """
        Nous ne trouvons dans ce PDF ni notre signature, ni le code d’un de nos certificats.
        C’est peut-être une photo ou une copie\u00a0: tapez le code écrit sous le carré noir et blanc.""",
    (VerificationStatus.UNREADABLE, "locked"): """
        Ce PDF est protégé par un mot de passe. Aucun de nos certificats ne l’est.
        Demandez à la personne le fichier qu’elle a reçu, ou tapez le code du certificat.""",
    (VerificationStatus.UNREADABLE, ""): """
        Ce fichier n’est pas un PDF, ou il est abîmé.
        Choisissez le fichier PDF du certificat, ou tapez son code.""",
}
"""One paragraph a line."""

NO_SIGNATURE = "La signature du certificateur n’y est pas, ou n’y tient plus."
BROKEN_SIGNATURE = "La signature du certificateur y est rompue : elle ne couvre pas ce fichier tel qu’il est."
FOREIGN_SIGNATURE = "Il est signé par quelqu’un d’autre que le certificateur."


def label_of(result: VerificationResult) -> str:
    """The status in two or three words."""
    return _label(result.status, result.certificate)


def state_label(certificate: Certificate) -> str:
    """The state of a line of the register in words. A certificate without its file yet is valid."""
    return _label(status_of(certificate), certificate)


def tone_of(result: VerificationResult) -> str:
    """The tone of the components that show a result."""
    return TONES.get(result.status, "quiet")


def sentences_of(result: VerificationResult) -> list[str]:
    """What the status means and what to do."""
    values = {
        "certifier": result.certificate.certifier_name if result.certificate else "",
        "code": grouped(result.code),
        "signature": _signature_sentence(result.signature),
    }
    lines = SENTENCES[result.status, _variant(result)].strip().splitlines()
    return [line.strip().format(**values).strip() for line in lines]


def _label(status: VerificationStatus, certificate: Certificate | None) -> str:
    day = shortdate(certificate.revoked_at) if certificate else ""
    new = certificate.replaced_by if certificate else ""
    return LABELS[status].format(day=day, new=new)


def _signature_sentence(signature: PdfSignature) -> str:
    """The sentence on the signature of a copy that is not the file delivered."""
    if signature.is_valid:
        return ""
    if signature.claimed:
        return BROKEN_SIGNATURE
    return FOREIGN_SIGNATURE if signature.is_foreign else NO_SIGNATURE


def _variant(result: VerificationResult) -> str:
    """The key of the sentences, for a status that is reached in more than one way."""
    return {
        VerificationStatus.VALID: result.recognised_by,
        VerificationStatus.ALTERED: _altered_variant(result),
        VerificationStatus.UNKNOWN: "file" if result.sha256 else "",
        VerificationStatus.UNREADABLE: "locked" if result.is_locked else "",
    }.get(result.status, "")


def _altered_variant(result: VerificationResult) -> str:
    if result.certificate is None:
        return ""
    if not result.has_same_payload or result.signature.is_foreign:
        return "known"
    return "same" if result.signature.is_valid else "resaved"
