"""The codes and link secrets by which a juror enters for one day: made, typed and compared, never stored."""

import secrets

from django.utils.crypto import salted_hmac

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code is made of: no character that is read as another."""

LENGTH = 8
SALT = "juries.access"


def new_code() -> str:
    """Eight characters, about 39 bits: out of reach of guesses, five from one place in ten minutes."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def new_link_secret() -> str:
    return secrets.token_urlsafe(24)


def typed_code(text: str) -> str:
    """A code as it was typed, without the spaces, dashes and small letters."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def fingerprint_of(secret: str) -> str:
    """The stored form of a secret: its HMAC-SHA-256 under the key of this installation."""
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()
