"""The demo people of the local product, made once through the same use cases as everybody."""
