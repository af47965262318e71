"""The benches measure; what they measure is theirs."""
