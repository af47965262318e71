"""Words everybody shares: ids, errors, time, pages. Standard library only."""
