"""A finding to a figure: pure functions of findings and a palette. The only door to plotly."""
