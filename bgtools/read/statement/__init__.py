"""The numerals of passages become statements: which number, which indicator, which time, whose, as what."""
