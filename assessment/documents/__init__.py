"""Documents made from an outcome."""
