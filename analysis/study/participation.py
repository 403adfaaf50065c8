"""By which attributes it is told who could have taken part, and who did."""

REACH_HEADERS = ("gender", "ethnicity", "generation", "disability", "lgbtq", "level", "department", "location")
