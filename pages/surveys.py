"""What was measured again and again: surveys before, midway and after, and metrics by quarter around joining."""

from analysis.charts.format import quarter
from analysis.findings import answers
from ui.filters import quarter_filter
from ui.page import begin_page
from ui.repeated import measured_again, scores_over_time
from ui.states import health_strip, nothing_yet
from ui.survey_answered import who_answered
from ui.survey_filters import construct_filter, survey_filters
from ui.survey_method import how_this_was_made
from ui.survey_questions import questions, reliability
from ui.tables import mentors_first
from ui.text import note, plain

with begin_page("Surveys") as page:
    quarters = page.ask(answers.quarters)
    if not quarters:
        nothing_yet("No cohort has been followed long enough yet. Add HR exports, pairs and surveys.", page.sample)
    with page.corner:
        chosen = quarter_filter(quarters)
    view = survey_filters(page, chosen, newest=chosen == quarters[0])
    found = page.ask(answers.surveys, *view.asked)
    # Metrics by quarter are of everybody: nothing for somebody who sees one department.
    metrics = page.ask(answers.repeated_metrics) if page.can_ask(answers.repeated_metrics) else ()
    page.subtitle(f"What participants said before, midway and after · {quarter(found.quarter)}")
    answered = bool(found.responses or found.waves)
    if not answered and not metrics:
        nothing_yet("No survey has been loaded. Add a survey export with its waves.", page.sample)

    if view.part == "joining":
        if metrics:
            measured_again(page, metrics, view)
        else:
            note("No metric is held for several quarters that could be shown here. It takes a file of measures.")
    elif not answered:
        note("No survey has been loaded. Add a survey export with its waves.")
    else:
        health_strip(page.ask(answers.survey_health, *view.asked))
        if view.part == "answered":
            who_answered(page, found, view)
        else:
            items = page.ask(answers.survey_items, *view.asked)
            shown = [point for point in mentors_first(found.waves) if point.side in view.sides]
            if shown:
                construct = construct_filter(shown)
                if view.part == "scores":
                    scores_over_time(page, found, items.recalled, construct, view.sides)
                else:
                    questions(page, items, construct, view)
                reliability(items.reliability, view)
            else:
                note("Nobody has answered yet.")
        # The first is about change against colleagues.
        for text in found.notes if view.part == "scores" else found.notes[1:]:
            note(plain(text))
        how_this_was_made(page, found, view)
