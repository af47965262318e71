"""Privacy: what becomes of a workspace or a person that is to be gone, and the button that ends all connections."""
