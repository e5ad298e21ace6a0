"""Periods and numbers as they are written: read from text, and written as text."""
