"""Many files: which of them must be read, by whom, and what became of each."""
