"""Seats: who is paid for and until when, and the trial before. Knows nothing of how money comes."""
