"""One PDF bound from chapters drawn one after the other."""

from io import BytesIO

from pypdf import PdfReader

from core.pdf import Book

PAGE = """<html lang="fr"><head><title>Le livre</title></head><body><h1>{0}</h1>
<table><thead><tr><th scope="col">Nom</th></tr></thead><tbody>{1}</tbody></table></body></html>"""
ROW = '<tr><td style="height: 20mm">ligne</td></tr>'


def bound(*chapters: tuple[str, int]) -> PdfReader:
    book, file = Book(), BytesIO()
    for title, rows in chapters:
        book.add(PAGE.format(title, ROW * rows), title=title)
    book.write(file)
    return PdfReader(file, strict=True)


def elements(node) -> list:
    """Every structure element below a node."""
    found = []
    for kid in node.get("/K", []) if isinstance(node.get("/K"), list) else []:
        thing = kid.get_object()
        if isinstance(thing, dict) and "/S" in thing:
            found += [thing, *elements(thing)]
    return found


def test_chapters_follow_each_other_on_pages_of_their_own():
    book = bound(("Un", 1), ("Deux", 20), ("Trois", 1))

    texts = [page.extract_text().split()[0] for page in book.pages]

    assert texts == ["Un", "Deux", "Nom", "Trois"]
    assert book.metadata.title == "Le livre"
    assert book.root_object["/Lang"] == "fr"
    assert book.root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in book.root_object["/Metadata"].get_data()


def test_each_chapter_has_its_line_in_the_outline():
    book = bound(("Un", 20), ("Deux", 1))

    lines = [(line.title, book.get_destination_page_number(line)) for line in book.outline]

    assert lines == [("Un", 0), ("Deux", 2)]


def test_the_tags_make_one_tree_in_which_each_page_finds_its_own():
    book = bound(("Un", 20), ("Deux", 1), ("Trois", 1))
    tree = book.root_object["/StructTreeRoot"]
    (document,) = tree["/K"]

    sections = [kid.get_object() for kid in document.get_object()["/K"]]
    keys = tree["/ParentTree"]["/Nums"][::2]
    headers = [thing["/ID"] for thing in elements(document.get_object()) if "/ID" in thing]

    assert [section["/S"] for section in sections] == ["/Sect"] * 3
    assert all(section["/P"].get_object() == document.get_object() for section in sections)
    assert [page["/StructParents"] for page in book.pages] == keys == list(range(len(book.pages)))
    assert len(headers) == len(set(headers)) == len(book.pages)


def test_a_cell_names_the_header_of_its_own_chapter():
    book = bound(("Un", 1), ("Deux", 1))
    (document,) = book.root_object["/StructTreeRoot"]["/K"]

    things = elements(document.get_object())
    headers = [thing["/ID"] for thing in things if thing["/S"] == "/TH"]
    named = [thing["/A"]["/Headers"][0] for thing in things if thing["/S"] == "/TD"]

    assert named == headers
