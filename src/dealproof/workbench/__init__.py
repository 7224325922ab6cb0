"""What analysts do: open questions, answers, why, unmatched names, pictures."""
