"""Comments: what people of a workspace say to one another about a chat or a ticket."""
