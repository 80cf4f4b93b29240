"""The calendar file of a convocation (iCalendar, RFC 5545 and 5546), made from its row alone."""

from datetime import date, datetime, time
from urllib.parse import urlsplit
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from core.formats import joined, timeofday
from juries.documents.convocations.wording import displayed
from juries.enums import LetterKind
from juries.models import Letter

FRANCE = ZoneInfo("Europe/Paris")
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""The hour of France since 1996 (directive 2000/84/CE), for programs that do not know its name."""

TITLE = "CQP Salarié polyvalent"


def calendar_file(letter: Letter, *, cancelled: bool = False) -> bytes:
    """The events of a convocation, at the hour of France; the same row gives the same bytes.

    Each event keeps its UID whatever changes, and the number of the letter is its SEQUENCE, so that a
    calendar moves it instead of adding another. PUBLISH and not REQUEST: the answer goes through our link,
    never to the address that sends the mail. `cancelled` takes the events off the calendar.
    """
    content = displayed(letter.content)
    calendar = Calendar()
    calendar.add("prodid", "-//CQP Salarie polyvalent//Convocations//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(Timezone.from_ical(ZONE))
    for name, starts, ends, summary in _moments(letter, content):
        event = Event()
        event.add("uid", f"{uuid5(letter.session_id, f'{_reader_of(letter)}:{name}')}@{_host()}")
        event.add("sequence", letter.number)
        event.add("dtstamp", letter.written_at)
        event.add("summary", f"Annulé : {summary}" if cancelled else summary)
        event.add("dtstart", _at(content["day"], starts))
        event.add("dtend", _at(content["day"], ends))
        event.add("location", content["place"])
        event.add("description", _description(letter, content))
        event.add("organizer", _organizer(content))
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        calendar.add_component(event)
    return calendar.to_ical()


def _reader_of(letter: Letter) -> str:
    kind = letter.convocation.kind if letter.convocation else letter.kind
    return f"{kind}:{letter.person_id}"


def _moments(letter: Letter, content: dict) -> list[tuple[str, time, time, str]]:
    """The identifier, the start, the end and the summary of each event."""
    if content["tests"]:
        return [
            (line["test"], line["at"], line["until"], f"Jury : {line['name']} ({TITLE})")
            for line in content["tests"]
        ]
    if content["candidates"]:
        tests = [line for row in content["candidates"] for line in row["tests"]]
        starts, ends = min(line["at"] for line in tests), max(line["until"] for line in tests)
        return [("day", starts, ends, f"Jury de nos candidats ({TITLE})")]
    if content["starts_at"]:
        role = "présider le jury" if content["president"] else "siéger au jury"
        return [("day", content["starts_at"], content["ends_at"], f"{role.capitalize()} ({TITLE})")]
    return []


def _description(letter: Letter, content: dict) -> str:
    contact = content["contact"]
    lines = [f"Convocation de {content['certifier']}.", content["directions"]]
    for row in content["candidates"]:
        hours = joined(f"{line['name']} à {timeofday(line['at'])}" for line in row["tests"])
        lines.append(f"{row['name']} : {hours}.")
    if letter.kind == LetterKind.JUROR:
        lines.append("Restez jusqu’à la délibération et à la signature du procès-verbal.")
    reach = " ".join(part for part in (contact["phone"], contact["email"]) if part)
    lines.append(f"Une question : {contact['name']}, {reach}.")
    return "\n".join(line for line in lines if line)


def _organizer(content: dict) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{content['contact']['email']}")
    organizer.params["cn"] = vText(content["certifier"])
    return organizer


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, FRANCE)


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
