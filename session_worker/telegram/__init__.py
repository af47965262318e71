"""How we speak to Telegram: clients, their line, its errors and its messages as ours."""
