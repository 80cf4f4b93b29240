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

from certificates.documents.credentials.jwk import keys_without_network
from certificates.documents.credentials.keys import proof_is_throw_away
from core import clock

SCRIPT, STYLE = "js/offline-proof.js", "css/offline-proof.css"


def offline_file() -> str:
    """The whole page; what it may run and wear is named by its digests, and it may ask nothing of any network.

    Raises `KeyUnavailable`.
    """
    script, style = _source(SCRIPT), _source(STYLE)
    rules = f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src blob:"
    return render_to_string(
        "certificates/verification/offline_file.html",
        what_it_needs()
        | {
            "rules": rules,
            "style": _inside("style", style),
            "script": _inside("script", script, ' type="module"'),
        },
    )


def what_it_needs() -> dict[str, Any]:
    """What the page and the file show alike; raises `KeyUnavailable`."""
    return {
        "keys": keys_without_network(),
        "certifier": settings.CERTIFIER_NAME,
        "online": settings.SITE_URL + reverse("certificates:verify"),
        "made_on": clock.today(),
        "throw_away": proof_is_throw_away(),
    }


@lru_cache(maxsize=4)
def _source(name: str) -> str:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_text()


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _inside(element: str, text: str, attributes: str = "") -> SafeString:
    """Our own source in an element of its own; it must not end the element early."""
    if f"</{element}" in text:
        raise ValueError(f"this source closes <{element}>")
    return mark_safe(f"<{element}{attributes}>{text}</{element}>")  # noqa: S308 - files of this repository
