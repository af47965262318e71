"""What of the journal happens by itself: from the table's stream, and at a time."""
