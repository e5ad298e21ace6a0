"""A new period's report text becomes a draft of its observations, which a person reviews."""
