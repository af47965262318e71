"""Tests of the slices' rules."""
