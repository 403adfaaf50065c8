"""Streamlit pieces that pages share. Nothing here computes: it asks findings and shows them."""
