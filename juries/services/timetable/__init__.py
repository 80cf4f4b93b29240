from .hearing import Hearing
from .keeping import (
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
from .proposing import lay_out
from .reading import Column, day_of
from .slots import Slot, faults_of_slots, slots_of

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
