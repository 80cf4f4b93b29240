from django.urls import register_converter

from evaluations.enums import TestKind

SLUGS = {TestKind.PRODUCTION: "epreuve", TestKind.INTERVIEW: "entretien"}
KINDS = {slug: kind for kind, slug in SLUGS.items()}


class TestConverter:
    """The two tests of a jury as an address names them."""

    __test__ = False
    regex = "|".join(KINDS)

    def to_python(self, value: str) -> TestKind:
        return KINDS[value]

    def to_url(self, value: str) -> str:
        return SLUGS[TestKind(value)]


register_converter(TestConverter, "test")
