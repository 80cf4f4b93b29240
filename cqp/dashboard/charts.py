"""Drawings for the dashboard, served as images so that their style applies to them alone."""

import pygal
from django.utils.formats import date_format
from pygal.style import Style

from cqp.dashboard.queries import MonthPoint

INK, RULE, GREEN, OCHRE, PAPER = "#23211d", "#d8d2c4", "#1f6650", "#8a5a12", "#fdfcf8"


def curve_chart(points: list[MonthPoint], *, narrow: bool = False) -> bytes:
    """Two curves, enrolled and certified, month by month, as an SVG; `narrow` for a phone."""
    style = Style(
        background=PAPER,
        plot_background=PAPER,
        foreground=INK,
        foreground_strong=INK,
        foreground_subtle=RULE,
        colors=(OCHRE, GREEN),
        font_family="system-ui, sans-serif",
        label_font_size=15,
        major_label_font_size=15,
        legend_font_size=16,
        no_data_font_size=18,
        opacity=".15",
        stroke_width=3,
    )
    chart = pygal.Line(
        style=style,
        js=[],
        width=420 if narrow else 960,
        height=360,
        legend_at_bottom=True,
        show_minor_x_labels=False,
        x_labels_major_count=3 if narrow else 6,
        truncate_label=-1,
        dots_size=4,
        fill=False,
        margin=12,
        no_data_text="Rien encore à cette date",
        value_formatter=lambda value: f"{value:.0f}",
        disable_xml_declaration=True,
        range=(0, max([4, *(point.enrolled for point in points)])),
        y_labels_major_count=5,
        show_minor_y_labels=False,
    )
    chart.x_labels = [date_format(point.month, "M Y") for point in points]
    chart.add("Inscrits", [point.enrolled for point in points])
    chart.add("Certifiés", [point.certified for point in points], dots_size=5)
    return chart.render()
