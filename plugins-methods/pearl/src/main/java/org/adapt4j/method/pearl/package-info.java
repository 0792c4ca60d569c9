/** PEARL. */
@NullMarked
package org.adapt4j.method.pearl;

import org.jspecify.annotations.NullMarked;
