/** Reads a run folder, finished or not, into values that do not change. */
@NullMarked
package org.adapt4j.runtime.report.folder;

import org.jspecify.annotations.NullMarked;
