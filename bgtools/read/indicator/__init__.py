"""Which indicator each statement of a report belongs to, and whether its number can be."""
