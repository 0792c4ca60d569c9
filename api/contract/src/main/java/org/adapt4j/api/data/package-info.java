/** Recorded experience that travels between plug-ins. */
@NullMarked
package org.adapt4j.api.data;

import org.jspecify.annotations.NullMarked;
