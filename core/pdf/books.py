"""One PDF bound from chapters drawn one after the other."""

import re
from collections.abc import Callable
from typing import Any, BinaryIO

import pydyf

from core.pdf.rendering import draw_chapter

REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
SAID_BY_THE_FIRST = ("Lang", "ViewerPreferences", "MarkInfo", "Metadata")
"""What the whole book says as its first chapter does: its language, its title, that it is tagged."""


class Book:
    """A tagged PDF (PDF/UA-1) of any length, in little more memory than its longest chapter takes.

    Each chapter begins a page, is a section of the tags and has its line in the outline. Chapters hold text and
    tables: what points from one page to another (links, forms, bookmarks) is not carried over.
    """

    def __init__(self) -> None:
        self._pdf = pydyf.PDF()
        self._outline = self._added(Type="/Outlines")
        self._tree = self._added(Type="/StructTreeRoot")
        self._document = self._added(
            Type="/StructElem", S="/Document", P=self._tree.reference, K=pydyf.Array()
        )
        self._marks = self._added(Nums=pydyf.Array())
        self._tree |= {"K": pydyf.Array([self._document.reference]), "ParentTree": self._marks.reference}
        self._pdf.catalog |= {"Outlines": self._outline.reference, "StructTreeRoot": self._tree.reference}
        self._lines: list[pydyf.Dictionary] = []

    @property
    def pages(self) -> int:
        return self._pdf.pages["Count"]

    def add(self, html: str, *, title: str, stylesheet: str = "") -> None:
        """Draw a page of HTML at the end of the book; `title` is its line in the outline."""
        chapter = draw_chapter(html, stylesheet=stylesheet)
        tree = _object(chapter, chapter.catalog["StructTreeRoot"])
        section, marks = _object(chapter, tree["K"][0]), _object(chapter, tree["ParentTree"])
        pages = [_object(chapter, reference) for reference in chapter.page_references]
        section["S"] = "/Sect"
        for page in pages:
            page["StructParents"] += self.pages
        for mark in chapter.objects:
            if isinstance(mark, pydyf.Dictionary) and "ID" in mark:  # shared with the cells that it heads
                mark["ID"].string = f"{self.pages}-{mark['ID'].string}"
        ours = {chapter.pages.number: self._pdf.pages.number, tree.number: self._document.number}
        moved = _carry(chapter, self._pdf, ours, left={*ours, 0, chapter.catalog.number, marks.number})
        self._document["K"].append(moved(section.reference))
        for rank, elements in zip(marks["Nums"][::2], marks["Nums"][1::2], strict=True):
            self._marks["Nums"].extend((rank + self.pages, moved(elements.data)))
        if not self.pages:
            self._pdf.info.update(chapter.info)
            told = [key for key in SAID_BY_THE_FIRST if key in chapter.catalog]
            self._pdf.catalog |= {key: moved(_written(chapter.catalog[key])) for key in told}
        references = [moved(page.reference) for page in pages]
        self._pdf.pages["Kids"].extend(part for one in references for part in one.split())
        self._pdf.pages["Count"] += len(references)
        self._announce(title, references[0])

    def write(self, into: BinaryIO) -> None:
        """Write the book, which is then finished."""
        for line, following in zip(self._lines, self._lines[1:], strict=False):
            line["Next"], following["Prev"] = following.reference, line.reference
        first, last = self._lines[0].reference, self._lines[-1].reference
        self._outline |= {"First": first, "Last": last, "Count": len(self._lines)}
        self._pdf.write(into, version=b"1.7", compress=True)

    def _announce(self, title: str, page: bytes) -> None:
        destination = pydyf.Array([page, "/Fit"])
        self._lines.append(
            self._added(Title=pydyf.String(title), Parent=self._outline.reference, Dest=destination)
        )

    def _added(self, **values) -> pydyf.Dictionary:
        thing = pydyf.Dictionary(values)
        self._pdf.add_object(thing)
        return thing


class _Carried(pydyf.Object):
    """An object of one PDF as it will be written in another."""

    def __init__(self, thing: pydyf.Object, moved: Callable[[bytes], bytes]) -> None:
        super().__init__()
        said, mark, content = thing.data.partition(b"stream\n" if isinstance(thing, pydyf.Stream) else b"\0")
        self._data = moved(said) + mark + content
        self._is_stream = bool(mark)

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return not self._is_stream


def _carry(
    source: pydyf.PDF, target: pydyf.PDF, ours: dict[int, int], *, left: set[int]
) -> Callable[[bytes], bytes]:
    """Carry the objects over, except those `left`; what renames their references, to `ours` where there is one."""
    carried = [thing for thing in source.objects if thing.number not in left]
    numbers = {thing.number: rank for rank, thing in enumerate(carried, len(target.objects))} | ours

    def moved(data: bytes) -> bytes:
        return REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], data)

    for thing in carried:
        target.add_object(_Carried(thing, moved))
    return moved


def _object(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def _written(value: Any) -> bytes:
    return value.data if isinstance(value, pydyf.Object) else value
