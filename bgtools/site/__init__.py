"""Executed notebooks and the data package as pages for reviewers."""
