"""How an account stands with Telegram: what it must wait for, and whom it may not write to first."""
