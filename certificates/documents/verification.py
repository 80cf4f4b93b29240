"""The check that needs no network, as one file: keys, style and script inside, for a USB stick."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from certificates.documents.credentials.jwk import offline_keys
from certificates.documents.credentials.keys import proof_key_is_demonstration
from core import clock

SCRIPT, STYLE = "js/offline-proof.js", "css/offline-proof.css"


def offline_file() -> str:
    """The whole page. Its policy allows its script and style by their digests, and no request.

    Raises `KeyUnavailable`.
    """
    script, style = _source(SCRIPT), _source(STYLE)
    rules = f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src blob:"
    return render_to_string(
        "certificates/verification/offline_file.html",
        offline_context()
        | {
            "rules": rules,
            "style": _inline("style", style),
            "script": _inline("script", script, ' type="module"'),
        },
    )


def offline_context() -> dict[str, Any]:
    """The context of the page and of the file; raises `KeyUnavailable`."""
    return {
        "keys": offline_keys(),
        "certifier": settings.CERTIFIER_NAME,
        "online": settings.SITE_URL + reverse("certificates:verify"),
        "made_on": clock.today(),
        "is_demonstration": proof_key_is_demonstration(),
    }


@lru_cache(maxsize=4)
def _source(name: str) -> str:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_text()


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _inline(element: str, text: str, attributes: str = "") -> SafeString:
    """Our own source in an element of its own; it must not end the element early."""
    if f"</{element}" in text:
        raise ValueError(f"this source closes <{element}>")
    return mark_safe(f"<{element}{attributes}>{text}</{element}>")  # noqa: S308 - files of this repository
