"""Who else is signed in to an account at Telegram: watched by its connections, told when a session is new."""
