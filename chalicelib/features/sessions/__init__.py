"""Sessions: where somebody is signed in, with which browsers, and how that ends."""
