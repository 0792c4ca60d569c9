/** Native libraries: a folder of the user's own to unpack them into, and their check before they are loaded. */
@NullMarked
package org.adapt4j.runtime.natives;

import org.jspecify.annotations.NullMarked;
