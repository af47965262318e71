"""A local identity provider that speaks as Google, Microsoft, LinkedIn and Facebook do, to browsers and to the API."""
