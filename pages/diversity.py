"""Who is reached: invited, joined, stayed and promoted, by group, and whether the effect differs between groups."""

from analysis.findings import answers
from ui import tables
from ui.filters import mature_quarter, side_filter
from ui.page import begin_page
from ui.text import note, plain

with begin_page("Diversity", "Who is reached, and whether the effect differs between groups") as page:
    chosen = mature_quarter(page)
    side = side_filter()
    reach = page.ask(answers.reach, side, chosen)
    note(plain(reach.sentence))
    tables.table(tables.reach_rows(reach.rows), reach.alt_text)
