"""Files as a proposal: what they would add, change and end in the register, and where both have moved."""
