"""How we reach out: cipher, files, mail, limits, queues."""
