"""Profiles on their way: from formats of other tools, and from one information model to the next."""
