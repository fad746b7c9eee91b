"""Names: where they end behind what restricts them."""
