"""The Wireroom product behind the Lambdas: what it decides, its table, its edge."""
