"""What the service keeps: tables, the database behind them, and one file of questions for each noun."""
