"""Logging in at Telegram for a browser."""
