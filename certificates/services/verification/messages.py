"""The words of a verdict, short and simple: the first of them are read by people who read little."""

from certificates.enums import Proof, Verdict
from certificates.models import Certificate
from certificates.services.verification.pdf_signature import PdfSignature
from certificates.services.verification.results import Answer, verdict_on
from core.formats import grouped, shortdate

TONES = {
    Verdict.VALID: "ok",
    Verdict.REPLACED: "wait",
    Verdict.UNREGISTERED: "wait",
    Verdict.REVOKED: "refusal",
    Verdict.ALTERED: "refusal",
}

WORDS = {
    Verdict.VALID: "Authentique et valide",
    Verdict.REVOKED: "Révoqué le {day}",
    Verdict.REPLACED: "Remplacé par {new}",
    Verdict.ALTERED: "Copie altérée",
    Verdict.UNKNOWN: "Inconnu",
    Verdict.UNREGISTERED: "Absent du registre",
    Verdict.FOREIGN: "Pas un de nos certificats",
    Verdict.UNREADABLE: "Fichier illisible",
}

SENTENCES = {
    (Verdict.VALID, ""): """
        Ce certificat est inscrit au registre de {certifier}.
        Comparez ce qui suit avec le document que vous avez.""",
    (Verdict.VALID, Proof.FINGERPRINT): """
        Ce fichier est celui que {certifier} a délivré. Personne n’y a rien changé.""",
    (Verdict.VALID, Proof.SIGNATURE): """
        Ce fichier est signé par {certifier}. Personne n’y a rien changé depuis.""",
    (Verdict.REVOKED, ""): """
        Ce certificat a bien été délivré, puis retiré. Il ne vaut plus rien aujourd’hui.""",
    (Verdict.REPLACED, ""): """
        Ce certificat a été corrigé.
        Demandez à la personne de vous montrer le nouveau\u00a0: il porte son propre code.""",
    (Verdict.ALTERED, "known"): """
        Ce fichier porte le code d’un certificat, mais ce n’est pas le fichier délivré.
        Quelqu’un l’a modifié, réenregistré ou fabriqué. {signature}
        Ne croyez pas ce qu’il dit.""",
    (Verdict.ALTERED, "same"): """
        Ce fichier n’est pas, octet pour octet, celui qui a été délivré.
        La signature du certificateur y tient encore, et les faits joints sont les bons. Il a pu être abîmé en chemin.
        Demandez à la personne le fichier qu’elle a reçu.""",
    (Verdict.ALTERED, ""): """
        Ce fichier porte notre signature, mais il a changé depuis. Ne croyez pas ce qu’il dit.
        Tapez le code du document d’origine\u00a0: vous verrez ce que le certificat doit dire.""",
    (Verdict.UNKNOWN, "file"): """
        Ce fichier porte le code {code}, et aucun certificat ne porte ce code.
        Le document ne vient pas de nous.""",
    (Verdict.UNKNOWN, ""): """
        Aucun certificat ne porte le code {code}.
        Relisez-le sur le document, groupe par groupe\u00a0: un 8 et un B, un 5 et un S se ressemblent.
        S’il est bien recopié, le document ne vient pas de nous.""",
    (Verdict.UNREGISTERED, ""): """
        Ce fichier porte notre signature, et pourtant notre registre ne le connaît pas.
        Ne l’acceptez pas encore\u00a0: demandez-nous.""",
    (Verdict.FOREIGN, ""): """
        Nous ne trouvons dans ce PDF ni notre signature, ni le code d’un de nos certificats.
        C’est peut-être une photo ou une copie\u00a0: tapez le code écrit sous le carré noir et blanc.""",
    (Verdict.UNREADABLE, "locked"): """
        Ce PDF est protégé par un mot de passe. Aucun de nos certificats ne l’est.
        Demandez à la personne le fichier qu’elle a reçu, ou tapez le code du certificat.""",
    (Verdict.UNREADABLE, ""): """
        Ce fichier n’est pas un PDF, ou il est abîmé.
        Choisissez le fichier PDF du certificat, ou tapez son code.""",
}
"""One paragraph a line."""

NO_SIGNATURE = "La signature du certificateur n’y est pas, ou n’y tient plus."
BROKEN_SIGNATURE = "La signature du certificateur y est rompue : elle ne couvre pas ce fichier tel qu’il est."
FOREIGN_SIGNATURE = "Il est signé par quelqu’un d’autre que le certificateur."


def word_on(answer: Answer) -> str:
    """The verdict in two or three words."""
    return _word(answer.verdict, answer.certificate)


def state_word(certificate: Certificate) -> str:
    """The state of a line of the register in words. A file still being drawn changes nothing."""
    return _word(verdict_on(certificate), certificate)


def tone_of(answer: Answer) -> str:
    """The shape and colour of a verdict."""
    return TONES.get(answer.verdict, "quiet")


def sentences_on(answer: Answer) -> list[str]:
    """What the verdict means and what to do."""
    told = {
        "certifier": answer.certificate.certifier_name if answer.certificate else "",
        "code": grouped(answer.code),
        "signature": _word_on_signature(answer.signature),
    }
    lines = SENTENCES[answer.verdict, _variant(answer)].strip().splitlines()
    return [line.strip().format(**told).strip() for line in lines]


def _word(verdict: Verdict, certificate: Certificate | None) -> str:
    day = shortdate(certificate.revoked_at) if certificate else ""
    new = certificate.replaced_by if certificate else ""
    return WORDS[verdict].format(day=day, new=new)


def _word_on_signature(signature: PdfSignature) -> str:
    """What to say of the signature in a copy that is not the file delivered."""
    if signature.holds:
        return ""
    if signature.claimed:
        return BROKEN_SIGNATURE
    return FOREIGN_SIGNATURE if signature.is_foreign else NO_SIGNATURE


def _variant(answer: Answer) -> str:
    """Which sentences go with a verdict that is reached in more than one way."""
    return {
        Verdict.VALID: answer.proof,
        Verdict.ALTERED: _altered_variant(answer),
        Verdict.UNKNOWN: "file" if answer.sha256 else "",
        Verdict.UNREADABLE: "locked" if answer.is_locked else "",
    }.get(answer.verdict, "")


def _altered_variant(answer: Answer) -> str:
    if answer.certificate is None:
        return ""
    return "same" if answer.says_the_same and answer.signature.holds else "known"
