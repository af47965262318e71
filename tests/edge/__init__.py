"""Tests of the HTTP edge: status, body, problem, role."""
