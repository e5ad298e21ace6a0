"""Fit the weights of the matching on labelled reports: python -m bgtools.read.fit."""
