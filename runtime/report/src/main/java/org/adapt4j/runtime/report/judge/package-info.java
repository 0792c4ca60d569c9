/**
 * The only place where numbers become intervals and intervals become verdicts.
 *
 * <p>Seeds are the unit: one agent for each method and seed meets all tasks, so its luck is common to them, and cells are never taken
 * for independent. Two questions are kept apart, {@link org.adapt4j.runtime.report.judge.About}. The rules, and what they were measured
 * to keep, are told in docs/decisions/0008-judge.md.
 */
@NullMarked
package org.adapt4j.runtime.report.judge;

import org.jspecify.annotations.NullMarked;
