"""Deal inputs for AbsBox, the Python face of the cash-flow engine Hastructure. AbsBox itself is not needed to write them."""
