"""Articles of other systems -> files in content/: nothing overwritten, what is left behind is named."""
