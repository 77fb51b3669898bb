"""Tries packages out as a person would: in bare systems, under wine, on the system itself."""
