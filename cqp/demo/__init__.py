"""The demonstration: the situation of the press release of the first juries, as if it were published today.

Every fact is written by the services of the site, at the moment it would have happened (`core.clock`).
Structures and people are invented; towns are real.
"""
