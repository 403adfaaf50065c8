"""The list of pages, and the server that sends them with safe headers.

`streamlit run app.py` finds the server by reading this file and imports it; the server runs the file again as the
script of each session. Nothing else belongs here: a session may open a page without this file having run.
"""

import streamlit as st
from starlette.middleware import Middleware

from ui.headers import SafeHeaders
from ui.navigation import navigate

if __name__ == "__main__":
    st.logo(":material/swap_vert:", size="large")
    navigate().run()
else:
    app = st.App(__file__, middleware=[Middleware(SafeHeaders)])
