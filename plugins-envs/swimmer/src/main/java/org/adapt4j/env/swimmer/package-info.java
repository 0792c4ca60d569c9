/** A swimmer that keeps a target velocity, forwards or backwards. */
@NullMarked
package org.adapt4j.env.swimmer;

import org.jspecify.annotations.NullMarked;
