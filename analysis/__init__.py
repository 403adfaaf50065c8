"""Everything that counts, estimates and speaks. Nothing in here knows that a page exists."""

__version__ = "0.9.0"
