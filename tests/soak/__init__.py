"""What takes too long for every day: the scenarios of the other suites at full size. `make soak` runs them."""
