"""What may be inserted between a subject and its verb."""
