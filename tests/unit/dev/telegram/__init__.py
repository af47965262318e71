"""The pure parts of the Telegram emulator."""
