"""French territories: departments by postcode, and the region each belongs to since 2016."""

from localflavor.fr.fr_department import DEPARTMENT_CHOICES_PER_REGION
from localflavor.fr.fr_region import REGION_2016_CHOICES

REGIONS: dict[str, str] = {code: str(name) for code, name in REGION_2016_CHOICES}
DEPARTMENTS: dict[str, str] = {code: str(name) for code, name, _ in DEPARTMENT_CHOICES_PER_REGION}

# Codes of the 22 former regions (INSEE, before 2016) gathered in the new ones.
_MERGED = {
    "21": "44", "41": "44", "42": "44",
    "72": "75", "54": "75", "74": "75",
    "83": "84", "82": "84",
    "26": "27", "43": "27",
    "25": "28", "23": "28",
    "31": "32", "22": "32",
    "91": "76", "73": "76",
}  # fmt: skip

REGION_OF: dict[str, str] = {
    code: _MERGED.get(former, former) for code, _, former in DEPARTMENT_CHOICES_PER_REGION
}


def department_of(postcode: str) -> str:
    """The department code of a five-digit postcode: « 34200 » → « 34 », « 20090 » → « 2A », « 97400 » → « 974 »."""
    if postcode.startswith(("97", "98")):
        return postcode[:3]
    if postcode.startswith("20"):
        return "2A" if postcode < "20200" else "2B"
    return postcode[:2]


def region_of(postcode: str) -> str:
    """The region code of a postcode, or an empty string where the postcode is of no region."""
    return REGION_OF.get(department_of(postcode), "")
