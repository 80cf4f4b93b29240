"""The layouts of certificates: drafts that are written and seen, versions that never change once published."""

from certificates.services.layouts.drafts import delete_draft, start_draft, with_texts, write_draft
from certificates.services.layouts.images import clean_image
from certificates.services.layouts.publishing import faults_of_layout, publish_layout
from certificates.services.layouts.reading import Shelf, known_layout, published_versions, read_shelf
from certificates.services.layouts.samples import Example, sample_certificate

__all__ = [
    "Example",
    "Shelf",
    "clean_image",
    "delete_draft",
    "faults_of_layout",
    "known_layout",
    "publish_layout",
    "published_versions",
    "read_shelf",
    "sample_certificate",
    "start_draft",
    "with_texts",
    "write_draft",
]
