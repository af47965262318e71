"""Exports of a workspace's data: a zip of CSVs, written in the background for the one member who asked for it."""
