"""What people do with providers: sign in and up (`signing_in`), link and unlink (`logins`)."""
