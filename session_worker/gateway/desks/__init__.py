"""What a browser may ask for: a file a kind of work, each with its frames and what answers them."""
