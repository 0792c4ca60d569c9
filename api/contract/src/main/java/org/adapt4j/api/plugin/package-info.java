/** The door through which third parties come in. */
@NullMarked
package org.adapt4j.api.plugin;

import org.jspecify.annotations.NullMarked;
