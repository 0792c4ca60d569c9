/** The process of one cell: takes a folder, ends with a result, and says what ended it. */
@NullMarked
package org.adapt4j.runtime.program;

import org.jspecify.annotations.NullMarked;
