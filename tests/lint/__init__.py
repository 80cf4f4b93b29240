"""The written rules of templates, style sheets, scripts and French text, checked by `python -m tests.lint`.

They read files and need no database, so they are no tests: `make lint` runs them once and prints every fault.
"""
