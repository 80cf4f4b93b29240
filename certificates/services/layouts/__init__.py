"""The layouts of certificates: drafts that are written and previewed, versions that never change once published."""

from certificates.services.layouts.drafts import (
    LayoutImages,
    LayoutTexts,
    delete_draft,
    set_texts,
    start_draft,
    write_draft,
)
from certificates.services.layouts.images import clean_image
from certificates.services.layouts.publishing import faults_of_layout, publish_layout
from certificates.services.layouts.samples import Example, sample_certificate
from certificates.services.layouts.versions import (
    LayoutVersion,
    all_layouts,
    describe_versions,
    find_layout,
    published_versions,
)

__all__ = [
    "Example",
    "LayoutImages",
    "LayoutTexts",
    "LayoutVersion",
    "all_layouts",
    "clean_image",
    "delete_draft",
    "describe_versions",
    "faults_of_layout",
    "find_layout",
    "publish_layout",
    "published_versions",
    "sample_certificate",
    "set_texts",
    "start_draft",
    "write_draft",
]
