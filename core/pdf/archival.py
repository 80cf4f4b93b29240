"""What WeasyPrint leaves out of a file that is PDF/A-3b and PDF/UA-1 at once, and waits for a signature."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pydyf

SIGNATURE_FIELD = "Signature"
PRINTED_AND_LOCKED = 4 | 128

ACCESSIBILITY = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
"""PDF/A wants a schema that it does not know, here the one of PDF/UA, described beside its use."""


@dataclass(frozen=True)
class Attached:
    """A file inside the file, the data that the page was made from."""

    name: str
    content: str
    description: str
    made_at: datetime


@dataclass(frozen=True)
class Archive:
    """What an archival file holds besides its pages; `signature_label` names the signature field to prepare."""

    attachments: tuple[Attached, ...] = field(default=())
    signature_label: str = ""


def finish(pdf: pydyf.PDF, archive: Archive) -> None:
    """Complete a document that WeasyPrint made as PDF/A-3b, right before it is written."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", ACCESSIBILITY)]
    if "AF" in pdf.catalog:  # WeasyPrint names each file twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    if archive.signature_label:
        _leave_room_for_signature(pdf, archive.signature_label)


def _leave_room_for_signature(pdf: pydyf.PDF, label: str) -> None:
    """A signature field without surface, known to the tags and the reading order as PDF/UA asks.

    Made here rather than by whoever signs, so that signing adds nothing to the structure of the document.
    """
    tree = _object(pdf, pdf.catalog["StructTreeRoot"])
    root, parents = _object(pdf, tree["K"][0]), _object(pdf, tree["ParentTree"])
    rank = max(parents["Nums"][::2]) + 1
    page = pdf.page_references[0]
    widget = _added(
        pdf,
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(SIGNATURE_FIELD),
            "TU": pydyf.String(label),
            "F": PRINTED_AND_LOCKED,
            "P": page,
            "Rect": pydyf.Array((0, 0, 0, 0)),
            "StructParent": rank,
        },
    )
    link = _added(pdf, {"Type": "/OBJR", "Obj": widget, "Pg": page})
    element = _added(
        pdf, {"Type": "/StructElem", "S": "/Form", "K": pydyf.Array([link]), "Pg": page, "P": root.reference}
    )
    root["K"].append(element)
    parents["Nums"].extend((rank, element))
    _object(pdf, page)["Annots"] = pydyf.Array([widget])
    pdf.catalog["AcroForm"] = _added(pdf, {"Fields": pydyf.Array([widget])})


def _added(pdf: pydyf.PDF, values: dict[str, Any]) -> bytes:
    """A new object of the document: its reference."""
    thing = pydyf.Dictionary(values)
    pdf.add_object(thing)
    return thing.reference


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
