"""base64url without padding, as JOSE writes it (RFC 7515, section 2)."""

import base64
import re

ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of `text`; ValueError unless it is the one way of writing them."""
    if not ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        raise ValueError("not base64url")
    content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(content) != text:
        raise ValueError("not the canonical base64url of these bytes")
    return content
