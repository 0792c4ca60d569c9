package org.adapt4j.runtime.run;

/**
 * Where a cell stands, and why.
 *
 * @param cell the cell
 * @param state where it stands
 * @param reason for people; empty if there is nothing to say
 * @param retryable whether a failure came from outside, so that {@code resume} tries again
 */
public record CellStatus(PlannedCell cell, CellState state, String reason, boolean retryable) {}
