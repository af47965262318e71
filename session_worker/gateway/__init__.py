"""The door for browsers: sockets in, live events out. It decides nothing; the rooms it calls do."""
