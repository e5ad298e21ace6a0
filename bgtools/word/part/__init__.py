"""The statistics part of a report, made from nothing: what stands in it, and how an office sets it."""
