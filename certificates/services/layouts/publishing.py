"""The publication of a layout, which never changes afterwards."""

import re

from django.db import transaction

from accounts.models import User
from certificates.documents.rendering.glyphs import missing_glyphs, quoted
from certificates.documents.rendering.text_fitting import fitting_faults
from certificates.enums import LAYOUT_MOVES, LayoutState
from certificates.models import CertificateLayout
from certificates.services.layouts.drafts import TEXTS, lock_draft
from certificates.services.layouts.samples import Example, sample_certificate
from core import clock
from core.errors import DomainError
from core.formats import joined
from core.services.journal import record

KNOWN_WORDS = ("{lieu}", "{date}")


@transaction.atomic
def publish_layout(*, layout: CertificateLayout, by: User) -> CertificateLayout:
    """Publish a draft, for good. Refused while its words would print wrong on the most crowded certificate."""
    draft = lock_draft(layout, by)
    faults = faults_of_layout(draft)
    if faults:
        raise DomainError(f"Cette maquette n’est pas publiée. {' '.join(faults)}")
    if LayoutState.PUBLISHED not in LAYOUT_MOVES[draft.state]:
        raise DomainError(f"Une maquette «\u00a0{draft.get_state_display()}\u00a0» ne se publie pas.")
    draft.state = LayoutState.PUBLISHED
    draft.published_at, draft.published_by = clock.now(), by
    draft.save(update_fields=["state", "published_at", "published_by"])
    record(
        action="certificates.layout.published",
        subject=draft,
        by=by,
        summary=f"Maquette de certificat {draft.version} publiée",
        data={name: getattr(draft, name) for name in TEXTS},
    )
    return draft


def faults_of_layout(layout: CertificateLayout) -> list[str]:
    """What keeps a draft from being published, one French sentence each, tried on the most crowded certificate."""
    faults = [
        f"La phrase d’introduction ne dit pas {meaning}\u00a0: écrivez {word} à sa place."
        for word, meaning in zip(KNOWN_WORDS, ("où le jury s’est réuni", "quel jour"), strict=True)
        if word not in layout.intro
    ]
    unknown = [word for word in re.findall(r"\{[^}]*\}?|\}", layout.intro) if word not in KNOWN_WORDS]
    if unknown:
        faults.append(
            f"La phrase d’introduction contient {joined(unknown)}\u00a0: seuls {{lieu}} et {{date}} sont remplacés."
        )
    if re.search(r"[{}]", layout.domains_heading + layout.closing):
        faults.append(
            "Rien n’est remplacé entre accolades hors de la phrase d’introduction : écrivez le texte."
        )
    missing = missing_glyphs("".join(getattr(layout, name) for name in TEXTS))
    if missing:
        letters = joined(quoted(letter) for letter in missing)
        faults.append(f"La police du certificat n’écrit pas {letters}\u00a0: remplacez ces signes.")
    return faults + fitting_faults(sample_certificate(layout, Example.CROWDED), layout)
