import re

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from core import drawings
from tests.core.rendering import show, words


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('{% level 2 "Fait avec aide" %}', "2 – Fait avec aide"),
        ("{% level 3 %}", "3 sur 4"),
        ('{% level 2 "Fait avec aide" compact=True %}', "2 sur 4 : Fait avec aide"),
        ("{% level 0 %}", "pas encore évalué"),
        ("{% level None compact=True %}", "pas encore évalué"),
    ],
)
def test_a_level_reads_without_its_drawing(source, text):
    assert words(source) == text


def test_the_steps_of_a_level_fill_from_the_ground():
    steps = drawings.level_steps(rank=2, of=4)

    assert [step["reached"] for step in steps] == [True, True, False, False]
    assert [step["y"] for step in steps] == ["12", "8", "4", "0"]
    assert [step["width"] for step in steps] == ["16", "12", "8", "4"]


def test_a_scale_of_six_levels_stays_in_the_same_square():
    steps = drawings.level_steps(rank=6, of=6)

    assert all(float(step["x"]) + float(step["width"]) <= 16.01 for step in steps)
    assert all(float(step["y"]) >= 0 for step in steps)


def test_the_name_of_a_level_is_escaped_even_when_a_template_wrote_the_same_words():
    show('{% level 1 "<b>gras</b>" %}')

    assert "<b>gras</b>" not in show("{% level 1 name %}", name="<b>gras</b>")


def test_the_path_names_its_current_step():
    band = show('{% enrollment_steps "dossier" %}')

    assert "Étape 3 sur 5 : <strong>dossier</strong>" in band
    assert band.count('aria-current="step"') == 1
    assert band.count(": fait") == 2
    assert band.count(": à venir") == 2


def test_a_finished_path_has_nothing_left_to_come():
    band = show('{% enrollment_steps "certificate" finished=True %}')

    assert band.count(": fait") == 5
    assert "Parcours accompli" in band


def test_an_unknown_step_of_the_path_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="holidays"):
        show('{% enrollment_steps "holidays" %}')


def test_hours_are_said_in_words_beside_the_drawing():
    bar = show(
        "{% hours_bar production=7200 classroom=2730 immersion=0"
        " plan_production=10000 plan_classroom=6000 plan_immersion=3200 %}"
    )

    assert "165 h 30 faites sur 320 h prévues" in bar
    assert "120 h en production, 45 h 30 en salle et 0 h en immersion. Repères à 200 h et 399 h." in bar
    assert "salle : 45 h 30 sur 100 h" in bar


def test_hours_without_a_plan_promise_nothing():
    bar = show("{% hours_bar production=60 compact=True %}")

    assert "1 h faites" in bar
    assert "prévu" not in bar


@pytest.mark.parametrize("minutes", [0, 1, 12000, 23940, 99999, None])
def test_hours_never_leave_their_drawing(minutes):
    bar = show(
        "{% hours_bar production=minutes classroom=minutes immersion=minutes plan=minutes %}", minutes=minutes
    )

    shares = [float(share) for share in re.findall(r'(?:x|width)="([\d.]+)%"', bar)]
    assert all(0 <= share <= 100 for share in shares)


def test_modalities_follow_each_other():
    parts = drawings.hours_parts(
        {"production": 100, "classroom": 50, "immersion": 50},
        {"production": None, "classroom": None, "immersion": None},
        scale=200,
    )

    assert [(part["x"], part["width"]) for part in parts] == [("0%", "50%"), ("50%", "25%"), ("75%", "25%")]


def test_the_road_says_how_far_it_goes():
    road = show("{% progress_road certified=27 goal=4000 enrolled=712 %}")

    assert "27 certifiés sur 4 000" in road
    assert "0,7 % du chemin, et 712 salariés en parcours" in road
    assert [stone for stone in ("1 000", "2 000", "3 000", "4 000") if f">{stone}</text>" in road] == [
        "1 000",
        "2 000",
        "3 000",
        "4 000",
    ]


def test_the_last_milestone_is_the_goal_whatever_it_is():
    stones = drawings.milestones(goal=2500, every=1000, scale=2500)

    assert [stone["x"] for stone in stones] == ["40%", "80%", "100%"]
    assert [stone["between"] for stone in stones] == [True, True, False]


def test_the_road_stands_beyond_its_goal():
    assert "4 100 certifiés sur 4 000" in show("{% progress_road certified=4100 goal=4000 %}")


@pytest.mark.parametrize("tone", ["ok", "wait", "refusal", "quiet"])
def test_each_tone_has_its_own_shape(tone):
    others = {"ok", "wait", "refusal", "quiet"} - {tone}

    drawn = show("{% status 'x' tone %}", tone=tone).replace(tone, "")

    assert all(drawn != show("{% status 'x' other %}", other=other).replace(other, "") for other in others)


def test_an_unknown_tone_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        show('{% status "x" "rainbow" %}')


def test_a_piece_that_is_missing_says_where_to_mend_it():
    piece = show('{% piece False "Heures" "Il manque 12 h en salle." "/seances/" "Ajouter une séance" %}')

    assert 'Heures</strong><span class="visually-hidden"> : à compléter' in piece
    assert 'href="/seances/"' in piece


def test_an_act_is_confirmed_by_a_form_that_needs_no_script():
    act = show(
        '{% confirm url="/sceller/" label="Sceller" consequence="Le dossier est figé." reason="Motif" pk=12 %}',
        csrf_token="jeton",
    )

    fields = dict(re.findall(r'name="(\w+)"(?: value="(\w+)")?', act))
    assert '<form method="post" action="/sceller/">' in act
    assert "<p>Le dossier est figé.</p>" in act
    assert fields == {"csrfmiddlewaretoken": "jeton", "pk": "12", "reason": ""}


def test_progress_asks_again_until_it_is_done():
    running = show('{% progress "/avance/" "3 sur 27" value=3 maximum=27 %}')
    done = show('{% progress "/avance/" "27 sur 27" done=True %}')

    assert 'hx-get="/avance/"' in running
    assert 'value="3" max="27"' in running
    assert "hx-get" not in done
    assert 'data-announce="27 sur 27"' in done


def test_pages_of_a_list_keep_its_filters():
    page = Paginator(range(60), 25).page(2)
    request = RequestFactory().get("/salaries/", {"q": "ben", "page": "2"})

    pages = show("{% pagination page 'salarié' %}", page=page, request=request)

    assert "60 salariés, page 2 sur 3" in pages
    assert 'href="?q=ben&amp;page=1"' in pages
    assert 'href="?q=ben&amp;page=3"' in pages


def test_a_single_page_only_counts():
    page = Paginator(range(1), 25).page(1)

    assert words("{% pagination page 'salarié' %}", page=page) == "1 salarié"


def test_a_definition_list_leaves_out_what_is_not_known():
    facts = words(
        "{% definition_list pairs %}",
        pairs=[("Né le", "3 mars 1990"), ("Téléphone", ""), ("Jury", None), ("Heures", 0)],
    )

    assert facts == "Né le 3 mars 1990 Heures 0"


def test_an_empty_state_shows_the_first_act():
    assert 'href="/fiches/"' in show(
        '{% empty_state "clipboard-list" "Aucune fiche" "Racontez." "/fiches/" "Raconter" %}'
    )


def test_an_empty_state_may_stand_inside_a_loop():
    page = show(
        '{% for row in rows %}{{ row }}{% empty %}{% empty_state "clipboard-list" "Aucune fiche" %}{% endfor %}',
        rows=[],
    )
    assert "Aucune fiche" in page
