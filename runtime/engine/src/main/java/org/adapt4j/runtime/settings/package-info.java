/** From HOCON to settings records and back to one canonical text; every mistake named with file and line, all at once. */
@NullMarked
package org.adapt4j.runtime.settings;

import org.jspecify.annotations.NullMarked;
