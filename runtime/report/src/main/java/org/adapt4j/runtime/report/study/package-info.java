/** What a run measured, arranged for comparison: methods by preset and coordinates, with their curves and scores. */
@NullMarked
package org.adapt4j.runtime.report.study;

import org.jspecify.annotations.NullMarked;
