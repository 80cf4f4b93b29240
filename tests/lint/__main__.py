"""Print every fault of the files that people read, one a line, and fail if there is one."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tests.lint import styles, templates, typography  # noqa: E402 - they read the settings

faults = [
    f"{place}: {fault}"
    for room in (templates, styles, typography)
    for rule in room.RULES
    for place, fault in rule()
]
sys.stdout.writelines(f"{line}\n" for line in sorted(faults))
sys.exit(bool(faults))
