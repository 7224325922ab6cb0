"""One frozen value of settings, built at the door, and what one file may cost."""
