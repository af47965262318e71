"""Telegram accounts a workspace knows, and each member's own connection to them (product.md section 4)."""
