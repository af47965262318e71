"""How the world comes in over HTTP: routes, sessions, problems, the OpenAPI document."""
