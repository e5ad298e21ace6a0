"""What a draft says, held against the data, the rules and itself: remarks, each at its place."""
