"""Every survey tool's export that is known, in the order in which they are tried."""

from __future__ import annotations

from analysis.imports.formats import (
    culture_amp,
    google_forms,
    limesurvey,
    mapped_survey,
    microsoft_forms,
    qualtrics,
    qualtrics_legacy,
    surveymonkey,
    typeform,
    viva_glint,
)
from analysis.imports.formats.shape import Format

FORMATS: tuple[Format, ...] = (
    qualtrics.FORMAT,
    qualtrics_legacy.FORMAT,
    surveymonkey.TWO_ROWS,
    surveymonkey.ONE_ROW,
    microsoft_forms.FORMAT,
    typeform.FORMAT,
    limesurvey.FORMAT,
    viva_glint.FORMAT,
    google_forms.FORMAT,
    culture_amp.FORMAT,
    mapped_survey.FORMAT,  # a mapping with items, or a file that somebody calls a survey
)
