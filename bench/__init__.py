"""Measurements: what our layers cost the processor, each against a named baseline in the same run."""
