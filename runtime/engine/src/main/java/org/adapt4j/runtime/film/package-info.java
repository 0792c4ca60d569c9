/** Pictures of what an agent does. */
@NullMarked
package org.adapt4j.runtime.film;

import org.jspecify.annotations.NullMarked;
