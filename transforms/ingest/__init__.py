"""Source bytes to documents and pages."""
