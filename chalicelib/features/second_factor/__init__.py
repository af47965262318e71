"""Second factor: an authenticator app's secret and backup codes, and taking each code once."""
