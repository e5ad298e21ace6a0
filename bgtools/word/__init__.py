"""A report's Word file: audit a draft against the data and itself, fill it, make its statistics part."""
