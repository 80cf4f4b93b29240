"""One way to write data down, so that the same data has the same fingerprint everywhere."""

import hashlib
import json


def canonical(data: dict) -> bytes:
    """JSON in UTF-8 with sorted keys and no space; dates and other types must already be text."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def fingerprint(data: dict) -> str:
    """The SHA-256 of the canonical writing, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()
