/** The command line: the only part that writes to standard streams. */
@NullMarked
package org.adapt4j.runtime.cli;

import org.jspecify.annotations.NullMarked;
