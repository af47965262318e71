"""What of billing happens by itself: from the table's stream and the queue, and at a time."""
