"""The desk: what an author has before publishing. A linter, its mends, and new articles."""
