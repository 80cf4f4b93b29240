"""Signed proofs of a certificate, checked without the register by anybody who has the published keys."""
