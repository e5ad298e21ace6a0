"""What the numbers are: periods, notation, the data package, observations, comparisons and rules."""
