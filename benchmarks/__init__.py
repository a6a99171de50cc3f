"""Benchmarks: speed and accuracy, measured beside the peers on the same input in the same process."""
