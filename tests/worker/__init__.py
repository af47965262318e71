"""The session worker and the Telegram emulator it is tried against."""
