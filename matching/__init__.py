"""Who looks after whom: eligible pairs, ordered objectives, the assignment kernel and its judge."""
