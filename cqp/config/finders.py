import re
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

PACKAGED_FILES = {
    "bootstrap-wrapper": ("", ["bootstrap/css/bootstrap.min.css"]),
    "django-htmx": ("django_htmx/static", ["django_htmx/htmx-2.min.js"]),
    "font-source-serif-pro": ("", ["font_source_serif_pro/files/SourceSerifPro-Semibold.ttf"]),
}
"""Python package: the folder of its files, and those our pages use, as `{% static %}` names them."""

SOURCE_MAP = re.compile(rb"\n?/[/*][#@] sourceMappingURL=[^\n]*\s*\Z")


class PackagedStorage(FileSystemStorage):
    """Files of a Python package, read without their pointer to a source map, which we do not serve."""

    def open(self, name: str, mode: str = "rb") -> ContentFile:
        with super().open(name, mode) as file:
            return ContentFile(SOURCE_MAP.sub(b"", file.read()), name=name)


class PackagedAssetsFinder(BaseFinder):
    """Finds the few static files that our pages take from Python packages, and none of their neighbours.

    The neighbours (source maps, other layouts of Bootstrap, the admin's files) would be hashed and
    compressed at each deployment for nobody.
    """

    def __init__(self, app_names: list[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.storages = {
            name: PackagedStorage(location=str(distribution(package).locate_file(folder)))
            for package, (folder, names) in PACKAGED_FILES.items()
            for name in names
        }

    def check(self, **kwargs: Any) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [self.storages[path].path(path)] if path in self.storages else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        yield from self.storages.items()
