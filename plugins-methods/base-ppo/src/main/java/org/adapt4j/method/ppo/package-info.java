/** Proximal policy optimisation as a base algorithm. */
@NullMarked
package org.adapt4j.method.ppo;

import org.jspecify.annotations.NullMarked;
