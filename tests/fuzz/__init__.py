"""Random input for every reader: targets, mutations that know the formats' structure, a driver."""
