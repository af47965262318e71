"""Tests of repositories and the table core on the local AWS."""
