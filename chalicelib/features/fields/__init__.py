"""The workspace's own columns, and the values its people write into them."""
