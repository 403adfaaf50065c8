"""A load ends with everything computed anew, whatever is there and whatever is not."""

from datetime import date, timedelta

import pytest

from analysis.load import SourceFile, load, undo
from analysis.store import Store

# A year ago and some weeks: where no people file holds, every quarter from there until today is computed.
START = date.today() - timedelta(days=400)
SEEN, HIRED = START - timedelta(days=1), START - timedelta(days=366)
FILES = {
    "people.csv": f"employee_id,hire_date,as_of_date,level\nA,{HIRED},{SEEN},G1\nB,{HIRED},{SEEN},G2\n",
    "pairs.csv": f"mentor_id,mentee_id,start_date\nA,B,{START}\n",
    "ladder.csv": "level,rank\nG1,1\nG2,2\n",
    "survey.csv": "survey_id,wave,response_id,item,score\ns,pre,r,i,3\n",
    "plan.toml": "[study]\nmonths_of_service = 3\n",
}


@pytest.mark.parametrize(
    "names", [["people.csv", "pairs.csv"], ["ladder.csv"], ["pairs.csv"], ["survey.csv", "plan.toml"]]
)
def test_any_set_of_files_loads_and_can_be_undone(tmp_path, names):
    store = Store(tmp_path / "store")
    reports = load(store, [SourceFile(name, FILES[name].encode()) for name in names])
    assert [report.status for report in reports] == ["loaded"] * len(names)
    assert undo(store, str(reports[0].load_id)) == 2
    with store.reader().cursor() as cursor:
        assert cursor.execute("select count(*) from load where state = 'active'").fetchone() == (len(names) - 1,)
        assert cursor.execute("select count(*) from person_trial").fetchone() == (0,)
