"""How the site writes numbers, durations, dates and lists in French.

Plain functions, for pages, PDF files, e-mails, commands and error messages alike. `None` and the empty
string give an empty string. Spaces that must not break are U+00A0, and U+202F inside a number.
"""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from core import clock

NBSP = "\u00a0"
THIN = "\u202f"
MINUS = "\u2212"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def number(value: float | Decimal | None, digits: int = 2) -> str:
    """« 4 000 », « 12,5 »: grouped by three, a comma, at most `digits` decimals and no trailing zero."""
    if value is None or value == "":
        return ""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-int(digits)), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{abs(exact):,f}".partition(".")
    decimals = decimals.rstrip("0")
    text = whole.replace(",", THIN) + (f",{decimals}" if decimals else "")
    return MINUS + text if exact < 0 else text


def percent(part: float | Decimal | None, whole: float | Decimal = 1) -> str:
    """The share of `part` in `whole`: « 27 % », « 0,7 % » under ten; « – » when there is no whole.

    Never rounds something to « 0 % » nor an unfinished share to « 100 % ».
    """
    if part is None or part == "":
        return ""
    if not whole:
        return "–"
    share = Decimal(str(part)) / Decimal(str(whole)) * 100
    if 0 < share < Decimal("0.1"):
        return f"moins de 0,1{NBSP}%"
    if 99 < share < 100:
        return f"99{NBSP}%"
    return number(share, digits=1 if abs(share) < 10 else 0) + f"{NBSP}%"


def hours(minutes: int | None) -> str:
    """A duration in whole minutes: « 12 h 30 », « 12 h », « 45 min », « 0 h »."""
    if minutes is None or minutes == "":
        return ""
    full, rest = divmod(abs(int(minutes)), 60)
    if full == 0 and rest:
        text = f"{rest}{NBSP}min"
    elif rest:
        text = f"{number(full)}{NBSP}h{NBSP}{rest:02d}"
    else:
        text = f"{number(full)}{NBSP}h"
    return MINUS + text if minutes < 0 else text


def shortdate(day: date | None) -> str:
    """« 3 mars 2026 », « 1er mars 2026 »; a moment is taken at the hour of France."""
    if not day:
        return ""
    day = _in_france(day)
    return f"{_day_and_month(day)} {day.year}"


def longdate(day: date | None) -> str:
    """« lundi 3 mars 2026 »."""
    if not day:
        return ""
    day = _in_france(day)
    return f"{DAYS[day.weekday()]} {shortdate(day)}"


def timeofday(moment: time | datetime | None) -> str:
    """« 14 h 05 », « 9 h »."""
    if moment is None or moment == "":
        return ""
    moment = _in_france(moment)
    return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment.minute:02d}" if moment.minute else "")


def daytime(moment: datetime | None) -> str:
    """« 3 mars 2026 à 14 h 05 »."""
    if not moment:
        return ""
    return f"{shortdate(moment)} à {timeofday(moment)}"


def daterange(start: date | None, end: date | None) -> str:
    """« du 3 au 14 mars 2026 », « du 28 mars au 4 avril 2026 », « le 3 mars 2026 », « depuis le… »."""
    if not start and not end:
        return ""
    if not end:
        return f"depuis le {shortdate(start)}"
    if not start:
        return f"jusqu’au {shortdate(end)}"
    start, end = _in_france(start), _in_france(end)
    if start == end:
        return f"le {shortdate(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"du {_ordinal(start.day)} au {shortdate(end)}"
    if start.year == end.year:
        return f"du {_day_and_month(start)} au {shortdate(end)}"
    return f"du {shortdate(start)} au {shortdate(end)}"


def ago(day: date | None, today: date | None = None) -> str:
    """How far a day is from today: « aujourd’hui », « hier », « il y a 3 semaines », « dans 2 mois »."""
    if not day:
        return ""
    day = _in_france(day)
    day = day.date() if isinstance(day, datetime) else day
    distance = ((today or clock.today()) - day).days
    near = {0: "aujourd’hui", 1: "hier", -1: "demain"}
    if distance in near:
        return near[distance]
    return f"{'il y a' if distance > 0 else 'dans'}{NBSP}{_span(abs(distance))}"


def grouped(code: str | None, size: int = 4) -> str:
    """A code to read aloud or copy by hand: « AB12 CD34 », whatever separators it came with."""
    bare = re.sub(r"[\W_]", "", str(code or ""))
    size = int(size)
    return " ".join(bare[start : start + size] for start in range(0, len(bare), size))


def siret(value: str | None) -> str:
    """« 123 456 789 00012 »."""
    bare = re.sub(r"\s", "", str(value or ""))
    return f"{grouped(bare[:9], 3)} {bare[9:]}".strip().replace(" ", NBSP)


def plural(count: int | None, forms: str = "s") -> str:
    """The ending that goes with `count`: « s » by default, or one of two forms given as "singular,plural".

    In French 0 and 1 are singular.
    """
    singular, _, several = forms.rpartition(",")
    return several if abs(count or 0) >= 2 else singular


def counted(count: int | None, noun: str) -> str:
    """« 1 juré », « 3 jurés »; a noun with another plural is given as "cheval,chevaux"."""
    several = noun if "," in noun else f"{noun},{noun}s"
    return f"{number(count or 0)}{NBSP}{plural(count, several)}"


def joined(words: Iterable) -> str:
    """« lecture, écriture et calcul »."""
    items = [str(word) for word in words or ()]
    return " et ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def initials(name: str | None) -> str:
    """Two initials, in place of a portrait: « Nadia Le Goff » gives « NG »."""
    words = re.findall(r"\w+", str(name or ""))
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0].upper() for word in ends)


def _in_france(moment):
    aware = isinstance(moment, datetime) and timezone.is_aware(moment)
    return timezone.localtime(moment) if aware else moment


def _ordinal(day: int) -> str:
    return "1er" if day == 1 else str(day)


def _day_and_month(day: date) -> str:
    return f"{_ordinal(day.day)}{NBSP}{MONTHS[day.month - 1]}"


def _span(days: int) -> str:
    if days < 14:
        return counted(days, "jour")
    if days < 60:
        return counted(days // 7, "semaine")
    if days < 730:
        return f"{math.floor(days / 30.4375)}{NBSP}mois"
    return counted(math.floor(days / 365.25), "an")
