"""Writing a call another way: the template language of the op table and of removed names."""
