"""MTProto's server side as functions of bytes: transports, key exchange, encryption. Keeps no account and no socket."""
