"""What the commands do with the numbers of `bgdata`: run notebooks, read reports, make pages."""
