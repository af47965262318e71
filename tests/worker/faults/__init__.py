"""What goes wrong between us, Telegram and the table, each scenario counted at its end: sent = received, none twice."""
