/** Finds plug-ins on the class path and in the user's folder, refuses broken ones, and builds what they contribute. */
@NullMarked
package org.adapt4j.runtime.plugins;

import org.jspecify.annotations.NullMarked;
