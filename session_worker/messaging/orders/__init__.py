"""What can be sent, a file a kind; `order` says what each must give."""
