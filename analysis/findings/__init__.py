"""Asks study and estimates, passes disclosure control, reaches the verdict, writes the sentences."""
