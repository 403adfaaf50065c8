"""Programme health: what pairs planned and did, described; none of it is an effect."""
