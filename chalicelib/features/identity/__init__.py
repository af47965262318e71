"""Identity: people, how they sign in, and what they do before they act within a workspace."""
