/** Imitation by Gaussian process regression, in plain Java. */
@NullMarked
package org.adapt4j.method.gp;

import org.jspecify.annotations.NullMarked;
