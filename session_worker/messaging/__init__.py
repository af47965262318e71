"""What people do with messages: read, open, send, edit, delete."""
