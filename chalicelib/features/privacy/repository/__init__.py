"""Rows of deletions and erasings, and the removal of everybody else's."""
