"""What the emulated Telegram knows: plain data that can be written to a file and read back. No sockets, no TL."""
