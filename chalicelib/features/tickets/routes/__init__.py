"""Routes of tickets, of their own fields and what is promised of them, and of comments on them."""

from chalicelib.features.tickets.routes import comments, tickets

apis = (tickets.api, comments.api)
