"""Files people put up: looked at before they count, attached where they belong, removed when nothing holds them."""
