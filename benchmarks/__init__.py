"""What `make bench` runs; each script prints ratios within one run."""
