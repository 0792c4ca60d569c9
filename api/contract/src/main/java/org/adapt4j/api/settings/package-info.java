/** Checks for settings records. */
@NullMarked
package org.adapt4j.api.settings;

import org.jspecify.annotations.NullMarked;
