"""Tests of two tenants on every repository and route."""
