"""The one origin people open locally: what CloudFront is in the cloud, with two pages for developers."""
