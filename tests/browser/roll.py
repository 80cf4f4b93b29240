"""A crew, its sessions, and a trainer's hand on the page of the roll call."""

import re
from datetime import date, time, timedelta

from playwright.sync_api import Locator, Page, expect

from core import clock
from tests.factories import EnrollmentFactory, TraineeFactory, TrainingSessionFactory
from trainees.enums import SessionState
from trainees.models import TrainingSession

ROLL_CALL = "/saisie/appel/"


def crew_of(structure, trainer, *names: str) -> list:
    """Enrolments of these people (« Aïcha BENALI »), referred by the trainer."""
    people = [name.split() for name in names]
    return [
        EnrollmentFactory(
            structure=structure,
            referent=trainer,
            trainee=TraineeFactory(first_names=first, birth_name=last),
        )
        for first, last in people
    ]


def planned_session(trainer, enrollments, *, on: date | None = None, **facts) -> TrainingSession:
    session = TrainingSessionFactory(
        structure=enrollments[0].structure,
        trainer=trainer,
        held_on=on or clock.today(),
        state=SessionState.PLANNED,
        **{"starts_at": time(9), "ends_at": time(12)} | facts,
    )
    session.expected.set(enrollments)
    return session


def row_of(page: Page, name: str) -> Locator:
    """The line of one person in « Qui était là »."""
    return page.locator(".presence", has=page.get_by_text(name, exact=False))


def mark(page: Page, name: str, kind: str) -> None:
    row_of(page, name).get_by_role("radio", name=kind, exact=True).click()


def draw(page: Page, *, steps: int = 6) -> None:
    """A zigzag of the mouse across the frame, as a hurried signature."""
    frame = page.locator(".pad").bounding_box()
    page.mouse.move(frame["x"] + frame["width"] * 0.2, frame["y"] + frame["height"] * 0.6)
    page.mouse.down()
    for step in range(1, 8):
        x = frame["x"] + frame["width"] * (0.2 + step * 0.08)
        y = frame["y"] + frame["height"] * (0.3 if step % 2 else 0.7)
        page.mouse.move(x, y, steps=steps)
    page.mouse.up()


def sign(page: Page, name: str) -> None:
    """Draw and confirm, for the person whose turn it is."""
    expect(page.locator("dialog h2")).to_contain_text(name)
    draw(page)
    page.get_by_role("button", name="C’est ma signature").click()


def keep(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer l’appel").click()
    expect(page.get_by_text("Appel gardé sur ce téléphone.")).to_be_visible()


def arrived(page: Page) -> None:
    """Both sides agree on what was kept; a first try that fails is followed by another after some seconds."""
    expect(page.locator("[data-network]")).to_contain_text("Tout est arrivé", timeout=45_000)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def days_ago(days: int) -> date:
    return clock.today() - timedelta(days=days)
