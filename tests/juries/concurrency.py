"""Acts that several people do at the same instant, each in a thread."""

import threading

from django.db import connection

from core.errors import StaleState


def at_once(*acts) -> list[Exception | None]:
    """Do every act at the same instant, each in its thread; what each one raised."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act) -> None:
        gate.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 – the test looks at it
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def one_passed(outcomes: list) -> bool:
    refused = [error for error in outcomes if error is not None]
    return len(refused) == len(outcomes) - 1 and all(isinstance(error, StaleState) for error in refused)
