"""What market reviews count: metrics as data, computed from a dataset with the deals behind every number."""
