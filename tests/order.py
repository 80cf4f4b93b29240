"""In which order the modules run, and how many processes share them."""

import os
from collections.abc import Sequence

import pytest


def pytest_xdist_auto_num_workers() -> int:
    """Three processes for two processors: those that drive a browser mostly wait for it."""
    return (os.cpu_count() or 1) * 3 // 2


def in_turn(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Whole modules, so that a process has all of a module: the slow ones first, then those of the browser
    spread among the others, so that some wait while others compute and no process ends long after the rest.
    """
    modules: dict[str, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(str(item.path), []).append(item)
    slow, waiting, computing = [], [], []
    for module in modules.values():
        if any(item.get_closest_marker("slow") for item in module):
            slow.append(module)
        elif module[0].get_closest_marker("browser"):
            waiting.append(module)
        else:
            computing.append(module)
    shares = [(rank / len(kind), module) for kind in (waiting, computing) for rank, module in enumerate(kind)]
    spread = [module for _, module in sorted(shares, key=lambda share: share[0])]
    return [item for module in (*slow, *spread) for item in module]
