"""What ``rolecall doctor`` looks at: each check is one line, ok, warn or fail, with the remedy."""
