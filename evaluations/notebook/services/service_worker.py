"""The service worker: the files that a phone caches to work without network, and their version."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find, get_finders
from django.contrib.staticfiles.storage import HashedFilesMixin, staticfiles_storage

WORKER = "js/notebook/worker.js"
FOLDERS = ("css/", "img/", "js/core/", "js/notebook/", "js/entry/", "js/rollcall/")
FILES = ("js/site.js",)
"""The static files that the pages of /saisie/ use. The serif font is left out: at 219 KB, Georgia stands for it."""


def shell_assets() -> list[str]:
    """The names of the static files that a phone caches."""
    found = {name for finder in get_finders() for name, _ in finder.list([])}
    kept = {name for name in found if name.startswith(FOLDERS) or name in FILES}
    return sorted(kept - {WORKER})


def worker_script(*, shell_url: str, shell_page: str) -> str:
    """The script of the service worker, with what to cache. Its version changes with any content."""
    names = shell_assets()
    digest = hashlib.sha256(shell_page.encode())
    for name in (WORKER, *names):
        digest.update(hashlib.sha256(_content(name)).digest())
    build = {
        "version": digest.hexdigest()[:16],
        "shell": shell_url,
        "assets": [staticfiles_storage.url(name) for name in names],
        "static": settings.STATIC_URL,
        "immutable": isinstance(staticfiles_storage, HashedFilesMixin) and not settings.DEBUG,
    }
    return f"const BUILD = {json.dumps(build)};\n\n{_content(WORKER).decode()}"


def _content(name: str) -> bytes:
    path = find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_bytes()
