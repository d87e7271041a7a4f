"""What a project requires and sets, in its project files."""
