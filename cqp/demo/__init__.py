"""The demonstration: the situation of the press release of the first juries, told as if it were today.

Every fact is written by the services of the house, at the moment it would have happened (`core.clock`).
Structures and people are invented; places are real.
"""
