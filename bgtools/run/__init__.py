"""Running the notebooks: what is stale, several at a time, nothing half-written."""
