"""Seats that are bought: at the hook, on the pages, through everything that goes wrong with money."""
