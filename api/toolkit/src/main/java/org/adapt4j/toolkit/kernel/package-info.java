/** Kernel matrices and their factors, in 64-bit floats. Plain Java. */
@NullMarked
package org.adapt4j.toolkit.kernel;

import org.jspecify.annotations.NullMarked;
