"""Adapters on their real neighbours: KMS, S3, SES and the table."""
