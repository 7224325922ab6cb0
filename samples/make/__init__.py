"""The program that writes the sample documents and their gold answers (`python -m samples.make`)."""
