"""The protocol: forms in, JSON out, errors, lists, expansion, keys that make a repetition harmless."""
