"""The Telegram emulator, tried with clients that know nothing of it."""
