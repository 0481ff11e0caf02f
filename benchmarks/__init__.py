"""What the performance figures of cimforge come from: `python -m benchmarks`, from the checkout."""
