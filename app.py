"""The list of pages. Nothing else belongs here: a session may open a page without this file having run."""

import streamlit as st

from ui.navigation import navigate

st.logo(":material/swap_vert:", size="large")
navigate().run()
