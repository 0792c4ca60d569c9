/** A point that is pushed to goals on a circle. */
@NullMarked
package org.adapt4j.env.integrator;

import org.jspecify.annotations.NullMarked;
