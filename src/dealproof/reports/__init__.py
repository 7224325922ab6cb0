"""What is told of a run to persons and to machines, apart from the dataset."""
