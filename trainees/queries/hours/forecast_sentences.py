"""The French sentences of a forecast, for the team (with what can be done) and for the trainee."""

from core.formats import hours, shortdate
from trainees.rules.hours.forecast import Forecast, Window

OVER = "Le contrat est fini. S’il a été prolongé, corrigez ses dates : les prévisions suivront."
TOO_SHORT = "Les heures qui restent ne tiennent plus dans ce contrat."
HALF_HOUR = 30
COUNTS = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
EXTENSION = (
    "un CDDI peut être prolongé le temps d’achever la formation en cours "
    "(article L5132-15-1 du Code du travail)."
)


def sentence_of(forecast: Forecast) -> str:
    """When the plan will be done, beside the end of the contract; empty without a plan."""
    if not forecast.planned:
        return ""
    whole, end = hours(forecast.planned), _contract(forecast)
    if forecast.is_done:
        return f"Les {whole} du plan sont faites ; {end}."
    if forecast.window is None:
        return (
            f"Il est trop tôt pour dire quand les {whole} seront faites : il faut d’abord quelques semaines "
            f"de séances. {_capital(end)}."
        )
    if forecast.is_stalled:
        return (
            f"Aucune séance n’a donné d’heures {_still_since(forecast.window)} : il reste {hours(forecast.left)} à "
            f"faire ; {end}."
        )
    if not forecast.sessions_left and forecast.unplaced:
        return f"Il ne reste que l’immersion : {hours(forecast.unplaced)} à prévoir ; {end}."
    lacking = (
        f" : il {'manque' if _is_over(forecast) else 'manquera'} {about(forecast.missing)}"
        if forecast.is_late
        else ""
    )
    will = "seraient" if forecast.is_paused else "seront"
    pace = _pace(forecast, forecast.window)
    if forecast.ready_on is None:
        return f"{pace}, les {whole} ne {will} pas faites avant trois ans ; {end}{lacking}."
    return f"{pace}, les {whole} {will} faites vers le {shortdate(forecast.ready_on)} ; {end}{lacking}."


def short_sentence_of(forecast: Forecast) -> str:
    """The same on the card of a person; empty without a plan or too early to tell."""
    contract = f"contrat jusqu’au {shortdate(forecast.contract_end)}"
    if forecast.is_done:
        return "Heures du plan faites"
    if forecast.window is None:
        return ""
    if forecast.is_stalled:
        return f"Aucune séance {_still_since(forecast.window)}, {contract}"
    if forecast.ready_on is None:
        return f"À ce rythme, pas avant trois ans, {contract}"
    ready = shortdate(forecast.ready_on)
    if forecast.is_late:
        return f"Prêt pour le jury vers le {ready}, {contract}"
    return f"Heures du plan faites vers le {ready}"


def advice_of(forecast: Forecast) -> list[str]:
    """What can be done: sessions to add, a contract to prolong, an immersion to arrange."""
    advice = []
    if forecast.is_late and forecast.window:
        effort = _effort(forecast)
        extension = f"Sinon, {EXTENSION}" if effort else f"{TOO_SHORT} Mais {EXTENSION}"
        advice += [OVER] if _is_over(forecast) else [line for line in (effort, extension) if line]
    if forecast.unplaced and forecast.sessions_left:
        advice.append(f"Immersion qui reste à prévoir : {hours(forecast.unplaced)}.")
    return advice


def own_sentence_of(forecast: Forecast) -> str:
    """The same, in the first person, for the trainee."""
    if not forecast.planned:
        return ""
    if forecast.is_done:
        return "J’ai fait toutes mes heures."
    done = f"J’ai fait {hours(forecast.done)}. Il me reste {hours(forecast.left)} à faire."
    if forecast.ready_on is None or forecast.is_paused:
        return done
    ready = f"Si je continue comme cela, j’aurai fini vers le {shortdate(forecast.ready_on)}."
    if not forecast.is_late:
        return f"{done} {ready}"
    verb = "a fini" if _is_over(forecast) else "finit avant,"
    end = f"Mon contrat {verb} le {shortdate(forecast.contract_end)}"
    return f"{done} {ready} {end} : j’en parle avec mon équipe."


def about(minutes: int) -> str:
    """A duration to the half hour under twenty hours, to the hour above: a forecast is no more precise."""
    step = HALF_HOUR if minutes < 40 * HALF_HOUR else 2 * HALF_HOUR
    return hours(max(step, round(minutes / step) * step)) if minutes else hours(0)


def _pace(forecast: Forecast, window: Window) -> str:
    if not forecast.sessions_left:
        return (
            "Il ne reste que l’immersion"
            if not forecast.is_paused
            else "Il ne reste que l’immersion après la pause"
        )
    pace = f"({about(forecast.weekly or 0)} par semaine)"
    if window.is_whole_past:
        words = f"rythme tenu depuis le début {pace}"
    else:
        worked = " travaillées" if window.has_break else ""
        words = f"rythme des {COUNTS[window.weeks]} dernières semaines{worked} {pace}"
    return f"Si le parcours reprenait demain au {words}" if forecast.is_paused else f"Au {words}"


def _still_since(window: Window) -> str:
    if window.is_whole_past:
        return "depuis le début"
    worked = " travaillées" if window.has_break else ""
    return f"en {COUNTS[window.weeks]} semaines{worked}"


def _effort(forecast: Forecast) -> str:
    """What each week to come would ask for, or nothing when the contract is too short for it."""
    needed = forecast.needed
    if needed is None or needed > forecast.most_weekly:
        return ""
    if not forecast.sessions_left:
        return "Prévoyez l’immersion avant la fin du contrat."
    goal = -(-needed // HALF_HOUR) * HALF_HOUR
    more = goal - round((forecast.weekly or 0) / HALF_HOUR) * HALF_HOUR
    plus = f", {hours(more)} de plus qu’à présent" if forecast.weekly and more > 0 else ""
    return (
        f"Pour finir à temps, il faut {hours(goal)} de séances par semaine "
        f"jusqu’au {shortdate(forecast.contract_end)}{plus}."
    )


def _contract(forecast: Forecast) -> str:
    verb = "a fini" if _is_over(forecast) else "finit"
    return f"le contrat {verb} le {shortdate(forecast.contract_end)}"


def _is_over(forecast: Forecast) -> bool:
    return forecast.contract_end < forecast.today


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
