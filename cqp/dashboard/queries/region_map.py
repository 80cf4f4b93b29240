from dataclasses import dataclass

from cqp.dashboard.queries import RegionRow

SIDE, GAP = 92, 6

# Where each region stands on the tile map, (column, row); the overseas regions stand in a line below.
PLACES = {
    "32": (3, 0), "28": (2, 1), "11": (3, 1), "44": (4, 1), "53": (1, 1), "52": (1, 2), "24": (2, 2),
    "27": (3, 2), "75": (1, 3), "84": (3, 3), "76": (2, 4), "93": (3, 4), "94": (5, 4),
    "01": (0, 5), "02": (1, 5), "03": (2, 5), "04": (3, 5), "06": (4, 5),
}  # fmt: skip
SHORT = {
    "32": "Hauts-de-F.", "28": "Normandie", "11": "Île-de-F.", "44": "Grand Est", "53": "Bretagne",
    "52": "Pays de la L.", "24": "Centre-V. L.", "27": "Bourg.-F.-C.", "75": "Nouv.-Aquit.",
    "84": "Auv.-Rh.-A.", "76": "Occitanie", "93": "PACA", "94": "Corse", "01": "Guadeloupe",
    "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte",
}  # fmt: skip


@dataclass(frozen=True)
class MapRegion:
    """One region of the map: where it is drawn (SVG units), its text, and its shade from 0 to 4."""

    x: int
    y: int
    short: str
    row: RegionRow
    shade: int


def region_map(rows: list[RegionRow]) -> list[MapRegion]:
    """The regions laid as equal squares; the shade tells how many are enrolled there against the fullest."""
    fullest = max((row.enrolled for row in rows), default=0) or 1
    return [
        MapRegion(
            x=PLACES[row.code][0] * (SIDE + GAP),
            y=PLACES[row.code][1] * (SIDE + GAP),
            short=SHORT[row.code],
            row=row,
            shade=-(-4 * row.enrolled // fullest),
        )
        for row in rows
    ]
