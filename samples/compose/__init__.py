"""Documents written by random composition, with gold: see `samples/README.md`."""
