"""Rules and pure functions, without neighbours."""
