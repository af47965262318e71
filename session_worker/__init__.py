"""The session worker: holds Telegram connections and browsers' sockets. It decides nothing about money or roles."""
