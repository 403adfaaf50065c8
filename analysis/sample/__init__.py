"""An invented employer with known truth, as export files or in memory."""

from analysis.sample.employer import Employer, generate
from analysis.sample.files import save, write
from analysis.sample.settings import COHORTS, Cohort, Effect, planted

__all__ = ["COHORTS", "Cohort", "Effect", "Employer", "generate", "planted", "save", "write"]
