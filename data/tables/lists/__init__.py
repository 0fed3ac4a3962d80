"""Lists as offices have them: whose columns, sheets and rows are called otherwise than ours."""
