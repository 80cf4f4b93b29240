"""One PDF joined from chapters that are rendered one after the other."""

from io import BytesIO
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf

from core.pdf.rendering import render_pdf

DOCUMENT_PROPERTIES = ("/Lang", "/ViewerPreferences", "/MarkInfo", "/Metadata")
"""The properties of the document that are copied from the first chapter: language, title, tagging."""


class Book:
    """A tagged PDF (PDF/UA-1) of any length.

    Each chapter begins a page, is a section of the tags and has its line in the outline. Chapters hold text and
    tables: references from one page to another (links, forms, bookmarks) are not copied.

    Measured on the register: 4,000 lines in chapters of 200 take 29 s and 180 MB; rendered at once, each thousand
    takes 140 MB more.
    """

    def __init__(self) -> None:
        self._pdf = Pdf.new()
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array())
        self._pdf.Root.StructTreeRoot = tree
        tree.K = Array([self._pdf.make_indirect(document)])
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array()))
        self._outline: list[OutlineItem] = []

    @property
    def pages(self) -> int:
        return len(self._pdf.pages)

    def add(self, html: str, *, title: str, stylesheet: str = "") -> None:
        """Render a page of HTML at the end of the book; `title` is its line in the outline."""
        before = self.pages
        chapter = Pdf.open(BytesIO(render_pdf(html, stylesheet=stylesheet)))
        for page in chapter.pages:
            page.StructParents += before
        for element in chapter.objects:
            _name_headers_after(element, before)
        self._pdf.pages.extend(chapter.pages)
        self._add_tags(self._pdf.copy_foreign(chapter.Root.StructTreeRoot), before)
        self._outline.append(OutlineItem(title, before))
        if not before:
            self._copy_properties(chapter)

    def write(self, into: BinaryIO) -> None:
        """Write the book; nothing can be added afterwards."""
        with self._pdf.open_outline() as outline:
            outline.root.extend(self._outline)
        self._pdf.save(
            into, min_version="1.7", object_stream_mode=ObjectStreamMode.generate, deterministic_id=True
        )

    def _add_tags(self, tree: Object, before: int) -> None:
        """The tags of a chapter as a section, and where each of its pages finds its own."""
        ours = self._pdf.Root.StructTreeRoot
        (document,), (section,) = ours.K, tree.K
        section.S, section.P = Name.Sect, document
        document.K.append(section)
        ranks = tree.ParentTree.Nums
        for rank, elements in zip(ranks[::2], ranks[1::2], strict=True):
            ours.ParentTree.Nums.extend(Array([int(rank) + before, elements]))

    def _copy_properties(self, chapter: Pdf) -> None:
        properties = Dictionary(
            {key: chapter.Root[key] for key in DOCUMENT_PROPERTIES if key in chapter.Root}
        )
        self._pdf.Root.update(self._pdf.copy_foreign(chapter.make_indirect(properties)))
        self._pdf.docinfo.update(self._pdf.copy_foreign(chapter.docinfo))


def _name_headers_after(element: object, before: int) -> None:
    """Make the names of header cells unique: two chapters use the same ones."""
    if not isinstance(element, Dictionary):
        return
    if "/ID" in element:
        element.ID = f"{before}-{element.ID}"
    if "/Headers" in element.get("/A", {}):
        element.A.Headers = Array(f"{before}-{name}" for name in element.A.Headers)
