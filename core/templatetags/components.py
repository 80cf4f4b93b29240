"""The components of pages. They take plain values, never rows; docs/components.md shows each one."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core import drawings
from core.formats import counted, hours, joined, percent
from core.texts import LONGEST_REASON

register = template.Library()

TONES = {"ok": "circle-check", "wait": "hourglass", "refusal": "octagon-x", "quiet": "circle-dashed"}
"""The tone of a state, and the icon that shows it without colour."""

MESSAGE_TONES = {"success": "ok", "warning": "wait", "error": "refusal"}


@register.simple_tag
def level(rank: int | None, name: str = "", of: int = 4, compact: bool = False, size: int = 16) -> SafeString:
    """The icon of a mastery level: `of` steps filled from the bottom, its number and its word.

    No rank (None or 0) reads « pas encore évalué ». Compact shows the icon and the number, the word being
    for screen readers. Rendered once per level, as a grid shows hundreds of them.
    """
    plain_name = str(name) + ""  # a literal of a template counts as safe; the cache must not spread that
    return _level(int(rank or 0), plain_name, int(of), bool(compact), int(size))


@lru_cache(maxsize=512)
def _level(rank: int, name: str, of: int, compact: bool, size: int) -> SafeString:
    values = {"rank": rank, "name": name, "of": of, "compact": compact, "size": size}
    return render_to_string("components/level.html", {**values, "steps": drawings.level_steps(rank, of)})


@register.inclusion_tag("components/enrollment_steps.html")
def enrollment_steps(current: str, finished: bool = False) -> dict:
    """The five steps of an enrolment, the current one named: enrolled, training, dossier, jury or certificate.

    `finished` marks the current step as reached too (the certificate is there).
    """
    steps = drawings.enrollment_steps(current, finished)
    return {"steps": steps, "current": next(step for step in steps if step["here"]), "finished": finished}


@register.inclusion_tag("components/hours_bar.html")
def hours_bar(
    *,
    production: int = 0,
    classroom: int = 0,
    immersion: int = 0,
    plan: int | None = None,
    plan_production: int | None = None,
    plan_classroom: int | None = None,
    plan_immersion: int | None = None,
    low: int = 200,
    high: int = 399,
    compact: bool = False,
) -> dict:
    """Hours done by modality, stacked against the plan, which is given by modality or as one total.

    All in minutes, but for the marks `low` and `high`, in hours.
    """
    done = {"production": production or 0, "classroom": classroom or 0, "immersion": immersion or 0}
    planned = {"production": plan_production, "classroom": plan_classroom, "immersion": plan_immersion}
    total = sum(done.values())
    plan = plan or sum(minutes or 0 for minutes in planned.values())
    scale = drawings.hours_scale(total=total, plan=plan, high=high)
    parts = drawings.hours_parts(done, planned, scale)
    return {
        "parts": parts,
        "sentence": f"{hours(total)} faites" + (f" sur {hours(plan)} prévues" if plan else ""),
        "detail": joined(f"{hours(part['done'])} en {part['label']}" for part in parts),
        "plan": plan,
        "plan_x": drawings.share(plan, scale) if plan else "",
        "marks": drawings.hours_marks((low, high), scale),
        "compact": compact,
        "thick": 10 if compact else 20,
    }


@register.inclusion_tag("components/progress_road.html")
def progress_road(*, certified: int, goal: int, enrolled: int = 0, every: int = 1000) -> dict:
    """A progress bar to `goal` certificates: those issued, then the open enrolments, a mark each `every`."""
    scale = max(goal, certified + enrolled) * 1.03
    return {
        "certified": certified,
        "goal": goal,
        "enrolled": enrolled,
        "share": percent(certified, goal),
        "done_x": drawings.share(certified, scale),
        "enrolled_width": drawings.share(enrolled, scale),
        "milestones": drawings.milestones(goal=goal, every=every, scale=scale),
        "flag": 28 + 9 * len(str(certified)),
    }


@register.inclusion_tag("components/signature.html")
def signature(strokes, name: str, height: int = 48) -> dict:
    """A signature drawn on a phone, named for those who do not see it; `height` in pixels.

    `strokes` are those that were stored; what cannot be drawn reads « signature illisible ».
    """
    drawn = drawings.ink(strokes)
    wide = round(height * drawn.width / drawn.height) if drawn else 0
    return {"ink": drawn, "name": name, "height": height, "width": min(wide, height * 4)}


@register.inclusion_tag("components/empty_state.html")
def empty_state(icon: str, title: str, text: str = "", action_url: str = "", action_label: str = "") -> dict:
    """An empty list: what will be here, who adds it, the first act."""
    return {
        "icon": icon,
        "title": title,
        "text": text,
        "action_url": action_url,
        "action_label": action_label,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, noun: str = "ligne", key: str = "page") -> dict:
    """Where one is in a paginated list (a Django page), keeping the filters of the address."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(place: int) -> str:
        if query is None:
            return f"?{key}={place}"
        query[key] = place
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "total": counted(page.paginator.count, noun),
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("components/status.html")
def status(label: str, tone: str = "quiet") -> dict:
    """A state as a shape and a word; `tone` is ok, wait, refusal or quiet."""
    return {"label": label, "tone": tone, "icon": TONES[tone]}


@register.inclusion_tag("components/verification_result.html")
def verification_result(word: str, tone: str = "quiet") -> dict:
    """The result of a verification: an icon and a few words, larger than the rest of the page."""
    return {"word": word, "tone": tone, "icon": TONES[tone]}


@register.inclusion_tag("components/note.html")
def note(text: str, tone: str = "quiet", url: str = "", link_label: str = "") -> dict:
    """A sentence set apart from the text; `tone` is ok, wait, refusal or quiet."""
    return {"text": text, "tone": tone, "icon": tone_icon(tone), "url": url, "link_label": link_label}


@register.inclusion_tag("components/piece.html")
def piece(ok: bool, label: str, sentence: str = "", url: str = "", link_label: str = "") -> dict:
    """One line of the gateway, in a `<ul class="pieces">`: there, or what is missing and where to fix it."""
    return {
        "ok": ok,
        "label": label,
        "sentence": sentence,
        "url": url,
        "link_label": link_label or "Compléter",
    }


@register.inclusion_tag("components/back.html")
def back(url: str, label: str) -> dict:
    """The way back to the list or page one comes from, for the block `back`."""
    return {"url": url, "label": label}


@register.inclusion_tag("components/read_aloud.html")
def read_aloud(target: str = "contenu", label: str = "Lire à voix haute") -> dict:
    """A button that reads the element of id `target`; it stays hidden where the browser has no voice."""
    return {"target": target, "label": label}


@register.simple_tag
def longest_reason() -> int:
    """The characters that a reason may have, for the `maxlength` of a field that no form draws."""
    return LONGEST_REASON


@register.inclusion_tag("components/confirm.html")
def confirm(
    url: str,
    label: str,
    consequence: str,
    button: str = "",
    tone: str = "",
    reason: str = "",
    reason_name: str = "reason",
    icon: str = "",
    **hidden: str,
) -> dict:
    """An act that asks once and says what will happen, without JavaScript, then posts to `url`.

    `tone` "danger" for what cannot be undone; `reason` adds a required text of that label, posted as
    `reason_name`; any other keyword is posted as a hidden field.
    """
    return {
        "url": url,
        "label": label,
        "consequence": consequence,
        "button": button or label,
        "tone": tone,
        "reason": reason,
        "reason_name": reason_name,
        "icon": icon,
        "hidden": hidden,
    }


@register.inclusion_tag("components/progress.html")
def progress(
    url: str, sentence: str, done: bool = False, value: int | None = None, maximum: int | None = None
) -> dict:
    """Work under way, asked again at `url` every two seconds until `done`; `url` answers this fragment."""
    return {"url": url, "sentence": sentence, "done": done, "value": value, "maximum": maximum}


@register.inclusion_tag("components/definition_list.html")
def definition_list(pairs) -> dict:
    """A definition list of (label, value) pairs; an empty value is left out."""
    return {"pairs": [(label, value) for label, value in pairs if value not in (None, "")]}


@register.filter
def message_tone(tags: str) -> str:
    """The tone of a Django message from its tags."""
    return next((tone for tag, tone in MESSAGE_TONES.items() if tag in (tags or "")), "quiet")


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that says a tone without colour."""
    return "info" if tone == "quiet" else TONES[tone]
