"""What happens in a workspace by itself: what of it waits, is late, or gave up and waits for a person."""
