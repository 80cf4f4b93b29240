from juries.services.sessions.timetable.editing import (
    PanelIn,
    PassageIn,
    add_pause,
    panels_of,
    propose_timetable,
    refuse_two_places,
    remove_pause,
    set_panels,
    set_passages,
)
from juries.services.sessions.timetable.hearing import Hearing
from juries.services.sessions.timetable.proposing import lay_out
from juries.services.sessions.timetable.reading import Column, day_of
from juries.services.sessions.timetable.slots import Slot, faults_of_slots, slots_of

__all__ = [
    "Column",
    "Hearing",
    "PanelIn",
    "PassageIn",
    "Slot",
    "add_pause",
    "day_of",
    "faults_of_slots",
    "lay_out",
    "panels_of",
    "propose_timetable",
    "refuse_two_places",
    "remove_pause",
    "set_panels",
    "set_passages",
    "slots_of",
]
