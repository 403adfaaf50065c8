"""Every question put to the store, as plain SQL files; what comes out is aggregated, never a person."""
