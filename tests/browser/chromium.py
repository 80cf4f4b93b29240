"""Where the browser of the tests is. `python -m tests.browser.chromium` prints it, or fails."""

import os
import shutil
import subprocess
import sys
from functools import cache

# The shell is the same engine without windows: these tests take a quarter less processor time with it.
CANDIDATES = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@cache
def executable() -> str | None:
    """The first Chromium that starts: the one that CHROMIUM names, or one of the usual places.

    Ubuntu's `chromium-browser` may be a stub that only asks for a snap, hence the trial.
    """
    for candidate in filter(None, [os.environ.get("CHROMIUM"), *CANDIDATES]):
        path = shutil.which(candidate)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


if __name__ == "__main__":
    sys.exit(0 if executable() else "No Chromium here.")
