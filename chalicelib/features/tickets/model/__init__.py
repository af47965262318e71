"""Tickets and their clocks: entities, rules, and the ways each can be refused."""
