"""dealproof: Chinese ABS documents in, a clean deal dataset with proof out."""
