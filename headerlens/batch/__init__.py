"""Many messages at once, in worker processes: how they are run, not what is kept of them."""
