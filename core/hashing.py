"""Data as canonical JSON and its hash, so that the same data has the same hash everywhere."""

import hashlib
import json

JsonValue = dict | list | str | int | bool | None


def canonical(data: JsonValue) -> bytes:
    """JSON in UTF-8 with sorted keys and no space; dates and other types must already be text.

    Lists of texts and whole numbers are written as `JSON.stringify` writes them: a phone hashes the same bytes.
    """
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def fingerprint(data: JsonValue) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()
