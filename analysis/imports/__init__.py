"""Imports: bytes to text cells, recognise, map, check, pseudonymise, write into the draft or refuse.

The only door to python-calamine and pyarrow.
"""
