"""What is said of reverse mentoring: each claim with what it needs, what our data say, and what was registered when."""
