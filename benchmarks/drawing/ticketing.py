"""The same page drawn by pretix, installed from PyPI in an environment of its own: neither signed nor tagged."""

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pydyf

from accounts.formats import grouped, shortdate
from juries.documents.certificate import layout_of
from juries.documents.certificate.squares import address_of
from juries.documents.certificate.words import what_it_shows
from juries.documents.guilloche import HEIGHT, WIDTH, background, operators
from juries.models import Certificate

VERSION = "2026.8.0"
PAGE = Path(__file__).with_name("pretix_page.py")
GREEN, GREY, BLACK, OCHRE = (31, 102, 80, 1), (74, 85, 79, 1), (27, 34, 30, 1), (243, 227, 207, 1)
LINE = 1.3
POINTS = 72 / 25.4


class Pretix:
    """A process that draws pages with pretix's renderer, one at a time."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    def seconds(self, certificate: Certificate) -> float:
        """What the page of one certificate takes, in seconds of processor."""
        print(json.dumps(layout_for(certificate)), file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline())


def install(folder: Path) -> Path:
    """pretix in an environment under `folder`, unless it is there: some minutes and 600 MB; its Python."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    command = [python, "-m", "pip", "install", "-qqq", "--disable-pip-version-check", f"pretix=={VERSION}"]
    subprocess.run(command, check=True)
    return python


@contextmanager
def running(python: Path, background_file: bytes) -> Iterator[Pretix]:
    """pretix's renderer, ready to draw over a background."""
    with tempfile.TemporaryDirectory(prefix="cqp-pretix-") as name:
        folder = Path(name)
        (folder / "background.pdf").write_bytes(background_file)
        with (folder / "log").open("w+") as log:
            process = subprocess.Popen(
                # -P: the modules beside the program are ours, and not for it
                [python, "-P", PAGE, folder / "background.pdf", folder / "page.pdf"],
                cwd=folder,
                env={"DATA_DIR": name, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            try:
                while (line := process.stdout.readline()) != "ready\n":
                    if not line:
                        log.seek(0)
                        raise RuntimeError(f"pretix does not start:\n{log.read()[-2000:]}")
                yield Pretix(process)
            finally:
                process.kill()
                process.communicate()


def background_page(*, as_one_form: bool) -> bytes:
    """The woven background as a page: strokes, as a drawing program exports it, or wrapped as one picture."""
    pdf, resources = pydyf.PDF(), pydyf.Dictionary({})
    drawing = [f"{POINTS} 0 0 {-POINTS} 0 {HEIGHT * POINTS} cm".encode(), operators()]
    if as_one_form:
        form = background().get_x_object()
        pdf.add_object(form)
        drawing = [f"{WIDTH * POINTS} 0 0 {HEIGHT * POINTS} 0 0 cm /Woven Do".encode()]
        resources["XObject"] = pydyf.Dictionary({"Woven": form.reference})
    content = pydyf.Stream(drawing, compress=True)
    pdf.add_object(content)
    page = {
        "Type": "/Page",
        "Parent": pdf.pages.reference,
        "MediaBox": pydyf.Array((0, 0, WIDTH * POINTS, HEIGHT * POINTS)),
        "Contents": content.reference,
        "Resources": resources,
    }
    pdf.add_page(pydyf.Dictionary(page))
    output = io.BytesIO()
    pdf.write(output)
    return output.getvalue()


def layout_for(certificate: Certificate) -> list[dict]:
    """The page as pretix's editor would hold it: the same words at about the same places and sizes."""
    shows = what_it_shows(certificate, layout_of(certificate.layout_version))
    title, name = shows["title"], shows["name"]
    support = f"formé{shows['agreement']} sur le support de production « {certificate.support_name} »"
    boxes = [
        _box(title["genre"], top=33, size=17, colour=GREEN),
        _box(title["trade"], top=41, size=31, colour=GREEN, bold=True),
        _box(certificate.certifier_name, top=26, size=12.5, colour=GREY, bold=True),
        _box(shows["intro"], top=62, size=11.5),
        _box(f"{name['first']} {name['last']}", top=70, size=float(name["size"]), bold=True),
        _box(shows["born"], top=88, size=12.5),
        _box(f"{support} (ROME {certificate.rome_codes})", top=97, size=11),
        _box(f"par la structure {certificate.structure_name}", top=102, size=11),
        _box("Domaines de compétences validés", top=116, size=11, colour=GREEN, bold=True),
    ]
    for rank, domain in enumerate(certificate.domains):
        row, column = divmod(rank, 3)
        boxes.append(
            _box(
                f"{rank + 1}. {domain}",
                top=123 + 9 * row,
                left=25 + 82 * column,
                width=75,
                size=9.3,
                align="left",
            )
        )
    facts = {"top": 0, "left": 28, "width": 50, "size": 11, "align": "left"}
    boxes += [
        _box(f"Délivré le {shortdate(certificate.delivered_on)}", **facts | {"top": 166}),
        _box(f"Registre n° {certificate.number}", **facts | {"top": 172}),
        _box(f"Référentiel {certificate.framework_version}", **facts | {"top": 178, "size": 9}),
        _box(grouped(certificate.code), top=179, left=225, width=46, size=10, bold=True),
        _box(f"Vérifiez sur {shows['site']}", top=183, left=225, width=46, size=8, colour=GREY),
        {"type": "barcodearea", "left": "234", "bottom": "33", "size": "29", "content": "other"}
        | {"text": address_of(certificate)},
    ]
    for rank, signatory in enumerate(certificate.signatories):
        left = 82 + 72 * rank
        boxes.append(_box(signatory["name"], top=168, left=left, width=66, size=13.5))
        boxes.append(_box(signatory["quality"], top=176, left=left, width=66, size=9.5))
    if certificate.is_demo:
        boxes.append(_box("exemple sans valeur", top=88, size=74, colour=OCHRE, rotation=-16))
    return boxes


def _box(
    text: str,
    *,
    top: float,
    size: float,
    left: float = 28,
    width: float = 241,
    colour: tuple[int, int, int, float] = BLACK,
    bold: bool = False,
    align: str = "center",
    rotation: float = 0,
) -> dict:
    height = 2 * size * LINE / POINTS
    return {
        "type": "textcontainer",
        "content": "other",
        "text": text,
        "left": f"{left:.2f}",
        "bottom": f"{HEIGHT - top - height:.2f}",
        "width": f"{width:.2f}",
        "height": f"{height:.2f}",
        "fontsize": f"{size:.1f}",
        "lineheight": "1",
        "color": colour,
        "fontfamily": "Open Sans",
        "bold": bold,
        "italic": False,
        "align": align,
        "verticalalign": "top",
        "rotation": rotation,
        "autoresize": True,
    }
