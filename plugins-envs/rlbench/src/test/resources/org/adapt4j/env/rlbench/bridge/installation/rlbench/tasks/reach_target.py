class ReachTarget:
    variations = 3
