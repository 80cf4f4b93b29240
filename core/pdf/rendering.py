import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType, SimpleNamespace
from typing import Any

from core.errors import Postponed
from core.pdf.archival import Archive, Attached, finish
from core.pdf.pictures import Picture

TYPEFACES = {"Source Sans Pro": "font_source_sans_pro", "Source Serif Pro": "font_source_serif_pro"}
FACES = (
    ("Regular", 400, "normal"),
    ("It", 400, "italic"),
    ("Semibold", 600, "normal"),
    ("SemiboldIt", 600, "italic"),
    ("Bold", 700, "normal"),
)
IMAGE = "image:"
COLOURS = "ecran"

_one_at_a_time = Lock()
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


class PdfUnavailable(Postponed):
    """The libraries that draw text (Pango, HarfBuzz) are not on this machine; the work must wait for them."""


class PdfIncomplete(ValueError):
    """The page asks for something that it was not given."""


def render_pdf(
    html: str,
    *,
    images: Mapping[str, bytes | Picture] | None = None,
    stylesheet: str = "",
    archive: Archive | None = None,
) -> bytes:
    """Turn a whole HTML page into a tagged PDF (PDF/UA-1); the same page and images give the same bytes.

    `images` are shown by `<img src="image:NAME">`; a `Picture` is prepared once and placed as it is. Any other
    address (web, disk) stops the drawing: a document is whole or it is not made (`PdfIncomplete`). The title,
    language and author come from the page's own `<title>`, `<html lang>` and `<meta>`. A `stylesheet` that many
    pages share is read once in a process, where a `<style>` is read each time. With an `archive` the file is
    PDF/A-3b as well. Raises `PdfUnavailable` where Pango is missing.
    """
    engine = _engine()
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
    if archive:
        options = {
            "pdf_variant": "pdf/a-3b",
            "color_profiles": {COLOURS: _screen_colours()},
            "output_intent": COLOURS,
            "attachments": [_attachment(engine, facts) for facts in archive.attachments],
            "finisher": lambda document, pdf: finish(pdf, archive),
        }
    return _drawn(html, images or {}, stylesheet, options)


def _drawn(
    html: str, images: Mapping[str, bytes | Picture], stylesheet: str, options: Mapping[str, Any]
) -> bytes:
    engine = _engine()
    pictures = {IMAGE + name: image for name, image in images.items() if isinstance(image, Picture)}
    page = engine.weasyprint.HTML(string=html, url_fetcher=_fetcher(engine, images))
    with _one_at_a_time:  # the table of fonts is shared by the threads of a process
        stylesheets = [engine.typefaces, *([_prepared(stylesheet)] if stylesheet else [])]
        try:
            return page.write_pdf(
                stylesheets=stylesheets,
                font_config=engine.font_config,
                cache=pictures,
                pdf_tags=True,
                **options,
            )
        except engine.urls.FatalURLFetchingError as refusal:  # not an Exception, so nobody would catch it
            raise PdfIncomplete(str(refusal)) from None


def warm_up() -> None:
    """Load WeasyPrint and our typefaces now: a process that does it before it forks does it for its children.

    Raises `PdfUnavailable` where Pango is missing.
    """
    lines = (
        f'<p style="font: {style} {weight} 1em {family}">Aé</p>'
        for family in TYPEFACES
        for _, weight, style in FACES
    )
    render_pdf(f'<html lang="fr"><title>Essai</title>{"".join(lines)}')


@dataclass(frozen=True)
class _Engine:
    weasyprint: ModuleType
    urls: ModuleType
    font_config: Any
    typefaces: Any


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    """WeasyPrint with our typefaces, loaded at the first rendering: a process that renders nothing does not load it."""
    try:
        weasyprint = import_module("weasyprint")
    except OSError as error:
        raise PdfUnavailable(
            f"Pango manque : « apt-get install libpangoft2-1.0-0 libharfbuzz-subset0 » ({error})"
        ) from error
    fonts, urls = import_module("weasyprint.text.fonts"), import_module("weasyprint.urls")
    font_config = fonts.FontConfiguration()
    typefaces = weasyprint.CSS(string=_font_faces(), font_config=font_config)
    return _Engine(weasyprint, urls, font_config, typefaces)


@lru_cache(maxsize=16)
def _prepared(stylesheet: str) -> Any:
    engine = _engine()
    return engine.weasyprint.CSS(string=stylesheet, font_config=engine.font_config)


@lru_cache(maxsize=1)
def _screen_colours() -> Any:
    """The sRGB profile that PDF/A wants inside, as WeasyPrint asks for it, byte for byte as it is on disk.

    WeasyPrint's own profile is written anew by Little CMS, otherwise at its first writing than at the next.
    """
    content = (_package("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()
    named = {"src": "sRGB2014.icc", "name": "sRGB2014", "rendering_intent": "relative-colorimetric"}
    return SimpleNamespace(**named, components=(["r"], ["g"], ["b"]), content=content, pdf_reference=None)


def _attachment(engine: _Engine, attached: Attached) -> Any:
    return engine.weasyprint.Attachment(
        string=attached.content,
        name=attached.name,
        description=attached.description,
        created=attached.made_at,
        modified=attached.made_at,
        relationship="Data",
    )


def _font_faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{(folder / f"{stem}-{face}.ttf").as_uri()}"); }}\n'
        for family, package in TYPEFACES.items()
        for folder, stem in [(_folder(package), family.replace(" ", ""))]
        for face, weight, style in FACES
        if (folder / f"{stem}-{face}.ttf").exists()
    )


def _folder(package: str) -> Path:
    return _package(package) / "files"


def _package(name: str) -> Path:
    """Where the files of a library are, without loading it."""
    found = find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(name)
    return Path(found.origin).parent


def _fetcher(engine: _Engine, images: Mapping[str, bytes | Picture]):
    """What the page may load: the images it was given and those it carries in itself."""
    embedded = engine.urls.URLFetcher(allowed_protocols={"data"})

    def fetch(url: str):
        name = url.removeprefix(IMAGE)
        if url.startswith(IMAGE) and isinstance(images.get(name), bytes):
            return engine.urls.URLFetcherResponse(url, images[name])
        if url.startswith("data:"):
            return embedded.fetch(url)
        raise engine.urls.FatalURLFetchingError(f"the document was not given {url[:200]}")

    return fetch
