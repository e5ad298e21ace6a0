"""What is proposed for a draft: numbers in its words, names of time, figures and tables."""
