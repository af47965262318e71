"""Sign-in with Google, Microsoft, LinkedIn and Facebook (product.md section 2)."""
