"""The one place that calls a solver: HiGHS, CP-SAT and GLOP, all inside OR-Tools' MathOpt."""
