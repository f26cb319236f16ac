"""Arabic rules of writing: strings in, strings out; nothing here reads or writes anything."""
