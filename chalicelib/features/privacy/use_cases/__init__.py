"""What people do to be gone, and how that is carried out."""
