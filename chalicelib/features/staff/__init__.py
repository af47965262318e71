"""Staff: what the people who run an installation do for others, and how the others see that they did."""
