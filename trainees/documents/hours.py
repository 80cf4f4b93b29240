"""The measures of the two charts of the hours, for SVG: the weeks, and the curve against the plan.

Each plot is stretched over the width of the page, so that x is counted in weeks or in days and y from the
top in thousandths; labels are outside of the plots, at shares of the width, and keep their size.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import ceil

from core.drawings import MODALITIES, share
from core.formats import hours, shortdate
from trainees.rules.hours.forecast import Forecast
from trainees.rules.hours.weeks import ONE_DAY, ONE_WEEK, Span, Week

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
TOPS = tuple(60 * each for each in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 35, 40, 50))
TALL = 1000
ROW, ROW_HEAD, TOP = 56, 40, 22  # pixels
CURVE = 280  # pixels
MARKS = (200, 399)
INK, LATE_INK = "#454e49", "#7f231c"
MOST_MONTHS = 14
MOST_MONTHS_NARROW = 7


def weeks_chart(weeks: Sequence[Week], today: date) -> dict:
    """A row for each modality: the plan as an outline, what was done as bars, one a week."""
    span = Span(weeks[0].monday, weeks[-1].sunday)
    rows = [_row(weeks, key, label, place) for place, (key, label, _) in enumerate(MODALITIES)]
    bottom = TOP + len(rows) * (ROW_HEAD + ROW)
    return {
        "count": len(weeks),
        "rows": rows,
        "bottom": bottom,
        "height": bottom + 24,
        "months": _months(span),
        "breaks": _breaks(weeks),
        "today": _along(today, span) if today in span else "",
        "today_side": _anchor(today, span),
        "row": ROW,
        "top": TOP,
    }


def curve_chart(weeks: Sequence[Week], today: date, forecast: Forecast | None, contract_end: date) -> dict:
    """The hours added up: what the plan foresaw, what is done until today, and the forecast."""
    span = _curve_span(weeks, forecast, contract_end)
    scale = max(MARKS[-1] * 60, weeks[-1].planned_so_far.total, weeks[-1].done_so_far.total) * 1.06
    past = [week for week in weeks if week.monday <= today]
    done = [(min(week.sunday, today) + ONE_DAY, week.done_so_far.total) for week in past]
    chart = {
        "days": (span.ends_on - span.starts_on).days + 1,
        "tall": TALL,
        "height": CURVE,
        "whole": TOP + CURVE + 24,
        "top": TOP,
        "axis": TOP + CURVE + 17,
        "plan": _line([(week.sunday + ONE_DAY, week.planned_so_far.total) for week in weeks], span, scale),
        "done": _line(done, span, scale),
        "ahead": "",
        "marks": [
            {"y": round(TOP + CURVE * (1 - mark * 60 / scale)), "label": hours(mark * 60)} for mark in MARKS
        ],
        "months": _months(span),
        "contract": _along(contract_end + ONE_DAY, span) if contract_end in span else "",
        "contract_side": _anchor(contract_end, span),
        "contract_ink": LATE_INK if forecast and forecast.is_late else INK,
        "bottom": TOP + CURVE,
    }
    if forecast and forecast.left and forecast.ready_on and done:
        ready = (forecast.ready_on + ONE_DAY, forecast.done + forecast.left)
        chart["ahead"] = _line([ready], span, scale, start=(today + ONE_DAY, forecast.done))
        chart["ready"] = _dot(ready, forecast.ready_on, span, scale) if ready[0] in span else None
    return chart


def _row(weeks: Sequence[Week], key: str, label: str, place: int) -> dict:
    planned, done = [week.planned.of(key) for week in weeks], [week.done.of(key) for week in weeks]
    most = _round_up(max(*planned, *done, 1))
    height = _heights(most)
    outline = "".join(f"V{height(minutes)}H{n}" for n, minutes in enumerate(planned, start=1))
    return {
        "label": label.capitalize(),
        "done": sum(done),
        "planned": sum(planned),
        "most": hours(most),
        "y": TOP + place * (ROW_HEAD + ROW) + ROW_HEAD,
        "words": TOP + place * (ROW_HEAD + ROW) + ROW_HEAD - 10,
        "outline": f"M0 {TALL}{outline}V{TALL}" if any(planned) else "",
        "bars": [
            {"x": f"{n + 0.15:.2f}", "y": height(minutes), "height": TALL - height(minutes)}
            for n, minutes in enumerate(done)
            if minutes
        ],
    }


def _line(
    points: Sequence[tuple[date, int]], span: Span, scale: float, start: tuple[date, int] | None = None
) -> str:
    """A line from the first day at nothing, or from `start`, through each (day, minutes)."""
    height = _heights(scale)
    path = [start or (span.starts_on, 0), *points]
    return "M" + "L".join(f"{(day - span.starts_on).days} {height(minutes)}" for day, minutes in path)


def _dot(place: tuple[date, int], day: date, span: Span, scale: float) -> dict:
    y = round(TOP + CURVE * (1 - place[1] / scale))
    return {"x": _along(place[0], span), "y": y, "label": shortdate(day), "side": _anchor(day, span)}


def _heights(most: float) -> Callable[[int], int]:
    return lambda minutes: round(TALL * (1 - minutes / most))


def _round_up(minutes: int) -> int:
    """A round number of hours for the top of a row."""
    return next((top for top in TOPS if minutes <= top), ceil(minutes / TOPS[-1]) * TOPS[-1])


def _curve_span(weeks: Sequence[Week], forecast: Forecast | None, contract_end: date) -> Span:
    """The days drawn: those of the weeks, as far as the end of the contract and of the hours when near."""
    start, end = weeks[0].monday, weeks[-1].sunday
    farthest = end + max(timedelta(days=60), (end - start) / 2)
    ready = forecast.ready_on if forecast else None
    return Span(
        start, max([end, *(day + ONE_WEEK for day in (contract_end, ready) if day and day <= farthest)])
    )


def _months(span: Span) -> list[dict]:
    """The first days of the months, the year in place of January; on a phone, fewer of them."""
    firsts = [day for day in span if day.day == 1]
    step = ceil(len(firsts) / MOST_MONTHS)
    narrow = ceil(len(firsts) / MOST_MONTHS_NARROW)
    return [
        {
            "x": _along(day, span),
            "label": str(day.year) if day.month == 1 else MONTHS[day.month - 1],
            "is_named": (day.month - 1) % step == 0,
            "is_wide": (day.month - 1) % narrow != 0,
            "side": "end" if _part(day, span) > 0.9 else "start",
        }
        for day in firsts
    ]


def _breaks(weeks: Sequence[Week]) -> list[dict]:
    """The runs of weeks spent in a break."""
    found: list[dict[str, int]] = []
    length = len(weeks)
    for n, week in enumerate(weeks):
        if not week.is_break:
            continue
        if found and found[-1]["last"] == n - 1:
            found[-1]["last"] = n
        else:
            found.append({"first": n, "last": n})
    return [
        {"x": share(each["first"], length), "width": share(each["last"] - each["first"] + 1, length)}
        for each in found
    ]


def _part(day: date, span: Span) -> float:
    return (day - span.starts_on).days / ((span.ends_on - span.starts_on).days + 1)


def _along(day: date, span: Span) -> str:
    return share(_part(day, span), 1)


def _anchor(day: date, span: Span) -> str:
    """The text-anchor of a label: the middle, or inwards near an edge of the chart."""
    part = _part(day, span)
    return "start" if part < 0.15 else "end" if part > 0.85 else "middle"
