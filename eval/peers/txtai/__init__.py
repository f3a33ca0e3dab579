"""Run txtai as its documentation sets an index up."""
