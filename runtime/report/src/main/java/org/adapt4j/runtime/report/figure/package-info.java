/** Figures as lists of shapes, written as SVG for page and paper and as PNG for slides; knows nothing of runs. */
@NullMarked
package org.adapt4j.runtime.report.figure;

import org.jspecify.annotations.NullMarked;
