"""What authors are told, in the words of an Arabic desk: each message is known by its form."""
