"""Rules of the session worker that need neither Telegram nor a table."""
