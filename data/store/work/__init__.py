"""Planning data: problems, plans, jobs, requests and promises."""
