"""`python -m api.cli` is `buddyplan`."""

from api.cli.app import main

main()
