"""Places: names to codes, regions to countries, cities to the country they lie in. Tables are data files with their source."""
