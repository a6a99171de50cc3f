"""Assessment: rates, points, targets and shares, each explained down to the projects counted."""
