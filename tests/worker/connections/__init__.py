"""The worker's connections against the emulator and a real table."""
