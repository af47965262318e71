"""The Wireroom product behind the Lambdas: what it decides, its table, its edge."""

__version__ = "0.1.0"
