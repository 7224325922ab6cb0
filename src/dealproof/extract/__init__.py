"""One document in, its extract out: title, choice of pages, recognition. The only way from a file to stored text and tables."""
