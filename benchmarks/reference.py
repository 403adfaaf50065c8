"""Are the reference results reproduced? Every number of every entry, recomputed and compared.

    python -m benchmarks.reference FOLDER

FOLDER holds reference.json and data/: what R and its packages gave for published and invented data. One line an
entry: how many values were compared, the worst relative error and the tolerance that the entry states. The exit code
is 1 if one is off, or if any value was not compared.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

from benchmarks.reference_checks import effects, event_study, flow, regressions, small, survival, two_proportions
from benchmarks.reference_checks.entries import Check, Entry, Outcome, compare, read_entries

CHECKS: dict[str, Check] = {
    "A-prop-81-263": two_proportions.one_proportion,
    "A-prop-15-148": two_proportions.one_proportion,
    "A-prop-27-30": two_proportions.one_proportion,
    "A-2prop-newcombe-a": two_proportions.two_proportions,
    "A-2prop-newcombe-b": two_proportions.two_proportions,
    "A-2prop-newcombe-e": two_proportions.two_proportions,
    "A-2prop-hr": two_proportions.two_proportions,
    "A-four-fifths-ugesp": two_proportions.four_fifths_rates,
    "A-four-fifths-counts": two_proportions.four_fifths_counts,
    "A-mh-ucb": two_proportions.mantel_haenszel,
    "A-km-lung": survival.kaplan_meier,
    "A-logrank-lung-sex": survival.log_rank,
    "A-cox-lung": survival.cox,
    "A-cox-lung-cluster": survival.cox_clustered,
    "A-rmst-lung": survival.restricted_mean,
    "A-cif-mgus2": survival.competing_risks,
    "A-causal-lalonde": effects.lalonde,
    "A-ate-riskregression": regressions.average_effects,
    "A-hr-flow": flow.raw_tables,
    "A-hr-effect-retained": effects.hr_effect("retained"),
    "A-hr-effect-vexit": effects.hr_effect("vexit"),
    "A-hr-effect-promoted": effects.hr_effect("promoted"),
    "A-hr-logit-cluster": regressions.pooled_logit,
    "A-hr-curves": effects.curves,
    "A-hr-discrete-hazard": regressions.discrete_hazard,
    "A-hr-subgroup-gender": effects.subgroup("gender"),
    "A-hr-subgroup-ethnicity": effects.subgroup("ethnicity"),
    "A-hr-leave-one-cohort-out": effects.leave_one_cohort_out,
    "A-petersen": regressions.clustered_ols,
    "A-ordinal-housing": regressions.ordinal,
    "A-did-mpdta": event_study.minimum_wage,
    "A-evalue-1": small.hidden_factor,
    "A-evalue-protective": small.hidden_factor,
    "A-bh-1995": small.many_tests,
    "A-power": small.power,
    "A-mde": small.detectable,
    "A-paired-sleep": small.paired,
    "A-cronbach-attitude": small.cronbach,
    "A-mover": small.headline_interval,
}


def recompute(entry: Entry) -> Outcome:
    """One entry; one without a check has all its values missing."""
    check = CHECKS.get(entry.id)
    return compare(entry, check(entry) if check else {})


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="holds reference.json and data/")
    parser.add_argument("--only", default="", help="entries whose id holds this text")
    parser.add_argument("--verbose", action="store_true", help="name the value that is furthest off")
    options = parser.parse_args(arguments)
    entries = [entry for entry in read_entries(options.folder) if options.only in entry.id]
    print(f"{'entry':28}{'compared':>9}{'missing':>9}{'worst error':>13}{'tolerance':>11}")
    failed = 0
    for entry in entries:
        outcome = recompute(entry)
        failed += not outcome.ok
        line = f"{outcome.id:28}{outcome.compared:>9}{len(outcome.missing):>9}{outcome.worst:>13.1e}"
        print(f"{line}{outcome.tolerance:>11.0e}  {'ok' if outcome.ok else 'NOT OK'}")
        if options.verbose:
            print(f"    furthest off: {outcome.worst_value}", *(f"    missing: {name}" for name in outcome.missing))
    print(f"{len(entries) - failed} of {len(entries)} entries reproduced")
    return 1 if failed or not entries else 0


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sys.exit(main())
