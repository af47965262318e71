"""What happened in a workspace: reading the feeds, and telling those who watch."""
