"""What proves a certificate away from the register: signed words that anybody checks with the published keys."""
