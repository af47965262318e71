"""What the product does, a folder a capability; every slice has the same file names."""
