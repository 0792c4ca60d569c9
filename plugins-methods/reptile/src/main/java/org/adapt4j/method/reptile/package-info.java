/** Reptile. */
@NullMarked
package org.adapt4j.method.reptile;

import org.jspecify.annotations.NullMarked;
