"""What numbers have to do with each other: relations, verdicts, comparison with other periods."""
