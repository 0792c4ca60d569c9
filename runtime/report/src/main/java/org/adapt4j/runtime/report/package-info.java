/** Turns a run folder into a page, figures and tables. */
@NullMarked
package org.adapt4j.runtime.report;

import org.jspecify.annotations.NullMarked;
