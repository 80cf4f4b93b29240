from juries.services.sessions.timetable.columns import Column, timetable_columns
from juries.services.sessions.timetable.editing import (
    PanelInput,
    PassageInput,
    add_pause,
    panels_of,
    propose_timetable,
    refuse_overlaps,
    remove_pause,
    set_panels,
    set_passages,
)
from juries.services.sessions.timetable.hearing import Hearing
from juries.services.sessions.timetable.proposing import lay_out
from juries.services.sessions.timetable.slots import Slot, faults_of_slots, slots_of

__all__ = [
    "Column",
    "Hearing",
    "PanelInput",
    "PassageInput",
    "Slot",
    "add_pause",
    "faults_of_slots",
    "lay_out",
    "panels_of",
    "propose_timetable",
    "refuse_overlaps",
    "remove_pause",
    "set_panels",
    "set_passages",
    "slots_of",
    "timetable_columns",
]
