"""A Word file as XML: its parts, the way back from text to runs, comments and tracked changes."""
