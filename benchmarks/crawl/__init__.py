"""What a crawl costs: our spiders with every guard on, against clients that only fetch and decode."""
