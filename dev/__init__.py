"""The local product: everything `make run` starts on loopback, and the stand-ins it needs."""
