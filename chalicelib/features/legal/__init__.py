"""Legal: the terms people accept, what they may know about their data, and the way to write to the operator."""
