"""What staff do; every door asks first whether the caller is staff (`standing`)."""
