/** The page of a study, its figures and its tables. */
@NullMarked
package org.adapt4j.runtime.report.page;

import org.jspecify.annotations.NullMarked;
