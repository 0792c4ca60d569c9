/** The numbers of a comparison: aggregates, intervals, curves and tests, free of files and of drawing. */
@NullMarked
package org.adapt4j.runtime.report.statistics;

import org.jspecify.annotations.NullMarked;
